//! Invoices as other programs read them: OASIS Universal Business Language 2.1 (ISO/IEC 19845), document type `Invoice`.
//!
//! Elements stand in the order of the schema `UBL-Invoice-2.1.xsd`, against which `xmllint --schema` found an invoice with two taxes, time and
//! units valid (libxml2 2.9, schemas of OASIS). Quantities carry codes of UN/ECE Recommendation 20: `HUR` for time
//! that is whole hundredths of an hour, otherwise `MIN` at the price of 60 of them, so that nothing is rounded twice.

use firm::invoices::{BilledLine, Quantity, Tax};
use firm::view::{InvoiceView, LetterheadView};
use protocol::docket::Session;
use protocol::money::{Currency, Money};
use protocol::vocabulary::Unit;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::fmt::Display;
use std::io;

const NAMESPACES: [(&str, &str); 3] = [
    ("xmlns", "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"),
    ("xmlns:cac", "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"),
    ("xmlns:cbc", "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"),
];

/// UNTDID 1001: commercial invoice.
const COMMERCIAL: &str = "380";

type Xml = Writer<Vec<u8>>;

/// An invoice as a UBL 2.1 document in UTF-8.
pub fn invoice(view: &InvoiceView) -> Vec<u8> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    // INVARIANT: a vector takes every byte.
    let _ = document(&mut xml, view);
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

fn document(xml: &mut Xml, view: &InvoiceView) -> io::Result<()> {
    let (draft, figures) = (&view.invoice.draft, &view.figures);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("Invoice").with_attributes(NAMESPACES).write_inner_content(|xml| {
        text(xml, "cbc:UBLVersionID", "2.1")?;
        text(xml, "cbc:ID", &draft.number)?;
        text(xml, "cbc:IssueDate", draft.issued)?;
        if let Some(due) = draft.due {
            text(xml, "cbc:DueDate", due)?;
        }
        text(xml, "cbc:InvoiceTypeCode", COMMERCIAL)?;
        text(xml, "cbc:DocumentCurrencyCode", code(figures.total.currency))?;
        if let Some(order) = &draft.order {
            within(xml, "cac:OrderReference", |xml| text(xml, "cbc:ID", order))?;
        }
        within(xml, "cac:ContractDocumentReference", |xml| text(xml, "cbc:ID", view.terms.1))?;
        within(xml, "cac:AccountingSupplierParty", |xml| party(xml, &view.from, &draft.taxes))?;
        within(xml, "cac:AccountingCustomerParty", |xml| party(xml, &view.to, &[]))?;
        if !figures.taxes.is_empty() {
            within(xml, "cac:TaxTotal", |xml| taxes(xml, view))?;
        }
        within(xml, "cac:LegalMonetaryTotal", |xml| {
            amount(xml, "cbc:LineExtensionAmount", figures.net)?;
            amount(xml, "cbc:TaxExclusiveAmount", figures.net)?;
            amount(xml, "cbc:TaxInclusiveAmount", figures.total)?;
            amount(xml, "cbc:PayableAmount", figures.total)
        })?;
        for (number, billed) in (1_u32..).zip(&figures.lines) {
            within(xml, "cac:InvoiceLine", |xml| line(xml, number, billed))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn party(xml: &mut Xml, party: &LetterheadView, taxes: &[Tax]) -> io::Result<()> {
    within(xml, "cac:Party", |xml| {
        within(xml, "cac:PartyName", |xml| text(xml, "cbc:Name", &party.legal_name))?;
        if let Some(street) = &party.street {
            within(xml, "cac:PostalAddress", |xml| {
                within(xml, "cac:AddressLine", |xml| text(xml, "cbc:Line", street))
            })?;
        }
        for tax in taxes {
            let Some(registration) = &tax.registration else { continue };
            within(xml, "cac:PartyTaxScheme", |xml| {
                text(xml, "cbc:CompanyID", registration)?;
                scheme(xml, tax)
            })?;
        }
        within(xml, "cac:PartyLegalEntity", |xml| text(xml, "cbc:RegistrationName", &party.legal_name))?;
        within(xml, "cac:Contact", |xml| {
            let told =
                [("cbc:Name", &party.contact), ("cbc:Telephone", &party.phone), ("cbc:ElectronicMail", &party.mail)];
            told.into_iter().try_for_each(|(name, told)| told.as_ref().map_or(Ok(()), |told| text(xml, name, told)))
        })
    })
}

fn taxes(xml: &mut Xml, view: &InvoiceView) -> io::Result<()> {
    let figures = &view.figures;
    let sum = figures.total.minor.saturating_sub(figures.net.minor);
    amount(xml, "cbc:TaxAmount", Money { minor: sum, ..figures.net })?;
    for (tax, comes_to) in &figures.taxes {
        within(xml, "cac:TaxSubtotal", |xml| {
            amount(xml, "cbc:TaxableAmount", figures.net)?;
            amount(xml, "cbc:TaxAmount", *comes_to)?;
            within(xml, "cac:TaxCategory", |xml| {
                text(xml, "cbc:Name", &tax.name)?;
                text(xml, "cbc:Percent", decimal(u64::from(tax.rate), 1_000))?;
                scheme(xml, tax)
            })
        })?;
    }
    Ok(())
}

fn scheme(xml: &mut Xml, tax: &Tax) -> io::Result<()> {
    within(xml, "cac:TaxScheme", |xml| text(xml, "cbc:Name", &tax.name))
}

fn line(xml: &mut Xml, number: u32, billed: &BilledLine) -> io::Result<()> {
    let (count, unit, base) = quantity(&billed.quantity);
    text(xml, "cbc:ID", number)?;
    let sessions: &[Session] = if let Quantity::Time { sessions, .. } = &billed.quantity { sessions } else { &[] };
    for session in sessions {
        let note = session.note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
        text(xml, "cbc:Note", format!("{} {}:{:02}{note}", session.day, session.minutes / 60, session.minutes % 60))?;
    }
    measured(xml, "cbc:InvoicedQuantity", "unitCode", (&count, unit))?;
    amount(xml, "cbc:LineExtensionAmount", billed.amount)?;
    within(xml, "cac:Item", |xml| text(xml, "cbc:Name", &billed.what))?;
    within(xml, "cac:Price", |xml| {
        amount(xml, "cbc:PriceAmount", billed.price)?;
        measured(xml, "cbc:BaseQuantity", "unitCode", (base, unit))
    })
}

/// How many, of which unit, and of how many of it the price is.
fn quantity(quantity: &Quantity) -> (String, &'static str, &'static str) {
    match quantity {
        // 3 minutes are 0.05 h.
        Quantity::Time { minutes, .. } if minutes % 3 == 0 => (decimal(u64::from(minutes / 3) * 5, 100), "HUR", "1"),
        Quantity::Time { minutes, .. } => (minutes.to_string(), "MIN", "60"),
        Quantity::Units { count, unit } => (count.to_string(), unit_code(*unit), "1"),
    }
}

/// UN/ECE Recommendation 20.
fn unit_code(unit: Unit) -> &'static str {
    match unit {
        Unit::Month => "MON",
        Unit::Week => "WEE",
        Unit::Day => "DAY",
        Unit::Piece => "C62",
        Unit::Whole => "LS",
    }
}

fn code(currency: Currency) -> &'static str {
    match currency {
        Currency::Cad => "CAD",
        Currency::Usd => "USD",
    }
}

/// `value` parts of which `scale`, a power of ten, make one; without decimals that say nothing.
fn decimal(value: u64, scale: u64) -> String {
    let digits = scale.ilog10() as usize;
    let text = format!("{}.{:0digits$}", value / scale, value % scale);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

fn within(xml: &mut Xml, name: &str, inner: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    xml.create_element(name).write_inner_content(inner).map(drop)
}

fn text(xml: &mut Xml, name: &str, value: impl Display) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&value.to_string())).map(drop)
}

fn amount(xml: &mut Xml, name: &str, money: Money) -> io::Result<()> {
    let value = format!("{}.{:02}", money.minor / 100, money.minor % 100);
    measured(xml, name, "currencyID", (&value, code(money.currency)))
}

fn measured(xml: &mut Xml, name: &str, attribute: &str, (value, of): (&str, &str)) -> io::Result<()> {
    let element = xml.create_element(name).with_attribute((attribute, of));
    element.write_text_content(BytesText::new(value)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_hours_where_that_is_exact_and_else_minutes_at_the_price_of_sixty() {
        let time = |minutes| quantity(&Quantity::Time { minutes, sessions: Vec::new() });
        assert_eq!(time(480), ("8".into(), "HUR", "1"));
        assert_eq!(time(93), ("1.55".into(), "HUR", "1"));
        assert_eq!(time(50), ("50".into(), "MIN", "60"));
        assert_eq!(quantity(&Quantity::Units { count: 2, unit: Unit::Month }), ("2".into(), "MON", "1"));
    }

    #[test]
    fn decimals_say_what_they_must_and_no_more() {
        assert_eq!([13_000, 9_975, 50, 0].map(|rate| decimal(rate, 1_000)), ["13", "9.975", "0.05", "0"]);
    }
}
