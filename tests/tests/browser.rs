//! People decide in a real browser.
//!
//! A demonstration runs as a process of its own; Chromium opens the pages it printed. Where Chromium is not to be had,
//! `COSOLVENT_WITHOUT_BROWSER=1` leaves these promises out and says so. `COSOLVENT_PICTURES=folder` keeps pictures of every
//! page of the story, wide and narrow.

mod browser {
    pub(crate) mod chromium;
    pub(crate) mod market;
    pub(crate) mod person;
    pub(crate) mod wire;
}

use anyhow::{Context, Result, ensure};
use browser::chromium::Browser;
use browser::market::Market;
use browser::person::{Language, Person};
use browser::wire;

const SUPPLIER: &str = "Escarpment Precision Machining Ltd.";
const BUYER: &str = "Grand River Robotics Integration Inc.";

/// One decision of the story: who, what the inbox asks, what the page says leaves and stays, and the two buttons.
struct Turn {
    who: &'static str,
    asks: &'static str,
    leaves: &'static str,
    stays: &'static str,
    yes: &'static str,
    no: &'static str,
}

/// From the notice to the consent to exchange names. The buyer reads English, the supplier French.
const WITHOUT_NAMES: &[Turn] = &[
    Turn {
        who: "owner.buyer",
        asks: "Publish an anonymous notice",
        leaves: "everybody on the network, without our name",
        stays: "Your note: why, for whom, what for",
        yes: "Approve: publish this notice, without our name",
        no: "Decline: nothing leaves",
    },
    Turn {
        who: "operations.supplier",
        asks: "Écrire à",
        leaves: "±0,01 mm",
        stays: "Le nom de votre entreprise",
        yes: "Approuver : envoyer",
        no: "Refuser : rien ne sort",
    },
    Turn {
        who: "owner.buyer",
        asks: "Answer ",
        leaves: "$10,000 to $25,000 CAD",
        stays: "Your firm’s name",
        yes: "Approve: send",
        no: "Decline: nothing leaves; to them it looks like silence",
    },
    Turn {
        who: "operator.supplier",
        asks: "est-il faisable avec",
        leaves: "votre accord signé, pour exactement ceci",
        stays: "Le nom de votre entreprise",
        yes: "c’est faisable",
        no: "Refuser : rien de ceci ne sort, et le dossier se clôt",
    },
    Turn {
        who: "engineer.buyer",
        asks: "be done with",
        leaves: "your signed consent to exactly this",
        stays: "Your firm’s name",
        yes: "that it can be done",
        no: "Decline: none of this leaves, and the deal ends",
    },
    Turn {
        who: "operations.supplier",
        asks: "Échanger les noms avec",
        leaves: SUPPLIER,
        stays: "Votre limite de prix",
        yes: "Approuver : échanger les noms avec",
        no: "Refuser : rien de ceci ne sort, et le dossier se clôt",
    },
    Turn {
        who: "owner.buyer",
        asks: "Exchange names with",
        leaves: BUYER,
        stays: "Your price limit",
        yes: "Approve: exchange names with",
        no: "Decline: none of this leaves, and the deal ends",
    },
];

/// The two browsers of the story, one in each firm.
struct Firms {
    buyer: Browser,
    supplier: Browser,
}

impl Firms {
    fn of(&self, who: &str) -> (&Browser, Language, &'static str) {
        if who.ends_with(".buyer") {
            (&self.buyer, Language::English, SUPPLIER)
        } else {
            (&self.supplier, Language::French, BUYER)
        }
    }

    /// A turn as a careful person takes it: reads the page, then decides.
    fn take(&self, market: &Market, turn: &Turn, at: usize, other_is_hidden: bool) -> Result<()> {
        let (browser, language, other) = self.of(turn.who);
        let person = Person::sign_in(browser, &market.persona(turn.who)?, language)?;
        let page = person.read_question(turn.asks)?;
        for word in [turn.leaves, turn.stays, turn.yes, turn.no] {
            ensure!(page.contains(word), "the page of {} says {word:?} nowhere:\n{page}", turn.asks);
        }
        ensure!(!other_is_hidden || !browser.html()?.contains(other), "{other} stands on the page of {}", turn.asks);
        fits_a_phone(browser, turn.asks)?;
        browser.picture(&format!("{at:02}-{}", turn.who))?;
        person.decide("approve", turn.yes)?;
        // With the last of these the other side's name may be there before the page is.
        let still_hidden = at + 1 < WITHOUT_NAMES.len();
        ensure!(!still_hidden || !browser.html()?.contains(other), "{other} stands on a page after {}", turn.asks);
        Ok(())
    }
}

/// From the terms to the signed outcome, when both sides know each other.
const WITH_NAMES: &[Turn] = &[
    Turn {
        who: "operations.supplier",
        asks: "Envoyer ces conditions à",
        leaves: "11 400,00",
        stays: "Votre limite de prix",
        yes: "Approuver : envoyer ces conditions à",
        no: "Refuser : rien ne sort; le dossier reste où il en est",
    },
    Turn {
        who: "owner.buyer",
        asks: "Have you read the terms",
        leaves: "11,400.00",
        stays: "Your price limit",
        yes: "that we have read these terms",
        no: "Decline: none of this leaves, and the deal ends",
    },
    Turn {
        who: "operations.supplier",
        asks: "Avez-vous lu les conditions",
        leaves: "11 400,00",
        stays: "Votre limite de prix",
        yes: "que nous avons lu ces conditions",
        no: "Refuser : rien de ceci ne sort, et le dossier se clôt",
    },
    Turn {
        who: "owner.supplier",
        asks: "Signer les conditions avec",
        leaves: "11 400,00",
        stays: "Votre limite de prix",
        yes: "Signer : ces conditions nous lient à",
        no: "Refuser : rien de ceci ne sort, et le dossier se clôt",
    },
    Turn {
        who: "owner.buyer",
        asks: "Sign the terms with",
        leaves: "11,400.00",
        stays: "Your price limit",
        yes: "Sign: these terms bind us to",
        no: "Decline: none of this leaves, and the deal ends",
    },
    Turn {
        who: "operations.supplier",
        asks: "Inscrire le début des travaux avec",
        leaves: "Exactement ce qui sort",
        stays: "Votre limite de prix",
        yes: "Approuver : inscrire le début des travaux avec",
        no: "Refuser : rien ne sort; le dossier reste où il en est",
    },
    Turn {
        who: "owner.buyer",
        asks: "Record the start with",
        leaves: "Exactly what leaves",
        stays: "Your price limit",
        yes: "Approve: record the start with",
        no: "Decline: nothing leaves; the deal stays where it is",
    },
];

/// After the work.
const AT_THE_END: &[Turn] = &[
    Turn {
        who: "operations.supplier",
        asks: "Signer le bilan avec",
        leaves: "mené à terme",
        stays: "Votre limite de prix",
        yes: "Signer le bilan : mené à terme",
        no: "Refuser : rien ne sort; le dossier reste où il en est",
    },
    Turn {
        who: "owner.buyer",
        asks: "Sign the outcome with",
        leaves: "completed",
        stays: "Your price limit",
        yes: "Sign the outcome: completed",
        no: "Decline: nothing leaves; the deal stays where it is",
    },
];

#[test]
fn two_firms_come_from_a_notice_to_a_signed_outcome_by_decisions_of_people() -> Result<()> {
    let Some(market) = Market::enter()? else { return Ok(()) };
    let firms = Firms { buyer: market.browser()?, supplier: market.browser()? };
    // Somebody leaves a page open all the while and never touches it.
    let watching = market.browser()?;
    Person::sign_in(&watching, &market.persona("engineer.buyer")?, Language::English)?.open("/deals")?;
    watching.run("window.neverReloaded = true;")?;
    for (at, turn) in WITHOUT_NAMES.iter().enumerate() {
        firms.take(&market, turn, at, true).with_context(|| format!("{}: {}", turn.who, turn.asks))?;
    }
    for (browser, other) in [(&firms.buyer, SUPPLIER), (&firms.supplier, BUYER)] {
        browser.until("the other side's name", || {
            ensure!(browser.text("//main")?.contains(other), "no name yet");
            Ok(())
        })?;
    }
    propose_terms(&market, &firms.supplier)?;
    for (at, turn) in (WITHOUT_NAMES.len()..).zip(WITH_NAMES) {
        firms.take(&market, turn, at, false).with_context(|| format!("{}: {}", turn.who, turn.asks))?;
    }
    report_the_outcome(&market, &firms.supplier)?;
    for (at, turn) in (WITHOUT_NAMES.len() + WITH_NAMES.len()..).zip(AT_THE_END) {
        firms.take(&market, turn, at, false).with_context(|| format!("{}: {}", turn.who, turn.asks))?;
    }
    watching.until("the end of the deal on the page left open", || {
        ensure!(watching.text("//main")?.contains("completed"), "not completed yet");
        Ok(())
    })?;
    ensure!(watching.run("return window.neverReloaded === true;")? == true, "the open page was loaded anew");
    for who in ["owner.buyer", "operations.supplier"] {
        let (browser, language, _) = firms.of(who);
        Person::sign_in(browser, &market.persona(who)?, language)?.sees_the_deal_completed()?;
        browser.click("//main//article//h2/a")?;
        browser.picture(&format!("completed-{who}"))?;
        fits_a_phone(browser, "the deal's page at the end")?;
        let complaints = browser.complaints()?;
        // The form of the terms was once sent with a price missing, on purpose.
        let unexpected: Vec<_> = complaints.iter().filter(|line| !line.contains("422")).collect();
        ensure!(unexpected.is_empty(), "the console of {who} says {unexpected:#?}");
    }
    Ok(())
}

/// The operations director writes the terms: 45 h at 220 and 12 h at 125 make 11,400.
fn propose_terms(market: &Market, browser: &Browser) -> Result<()> {
    let director = Person::sign_in(browser, &market.persona("operations.supplier")?, Language::French)?;
    director.follow("//section[@aria-labelledby='mine']//article[.//h3[contains(., 'À rédiger')]]//h3/a")?;
    browser.picture("terms-to-write")?;
    director.follow("//a[contains(., 'Proposer des conditions')]")?;
    browser.until("the form of the terms", || browser.find("//form[contains(@class, 'entry')]"))?;
    fits_a_phone(browser, "the form of the terms")?;
    let instrument = "//select[@id='instrument']/option[@value='capacity-rental']";
    browser.click(instrument)?;
    for (field, days) in [("first", 14), ("last", 49)] {
        browser.enter_day(&format!("//input[@id='{field}']"), days)?;
    }
    let lines = [
        ("what-0", "Usinage cinq axes avec opérateur, deuxième quart"),
        ("hours-0", "45"),
        ("hourly-0", "220"),
        ("what-1", "Programmation"),
        ("hours-1", "12"),
    ];
    // The form begins with what is known: the process and the hours of the need.
    for (field, text) in lines {
        browser.type_over(&format!("//input[@id='{field}']"), text)?;
    }
    // What the form proposes stays; these it leaves to a person.
    for (topic, choice) in [
        ("operator", "offering-side"),
        ("supplies-material", "needing-side"),
        ("supplies-tooling", "offering-side"),
        ("supplies-programs", "offering-side"),
        ("scrap", "offering-side"),
        ("insurance", "shown"),
        ("governing-law", "ontario"),
        ("record-language", "english"),
    ] {
        browser.click(&format!("//select[@id='topic-{topic}']/option[@value='{choice}']"))?;
    }
    let submit = "//button[contains(., 'Soumettre cette ébauche')]";
    browser.click(submit)?;
    let missing = browser.until("what is missing", || browser.text("//*[@role='alert']"))?;
    ensure!(missing.contains("Montant"), "a price without an amount is refused for another reason: {missing}");
    ensure!(browser.value("//input[@id='what-1']", "value")? == "Programmation", "what was entered is lost");
    browser.type_in("//input[@id='hourly-1']", "125")?;
    browser.type_in("//textarea[@id='clause-0']", "L’acheteur fournit la matière et fait l’inspection finale.")?;
    browser.picture("terms-written")?;
    browser.click(submit)?;
    browser
        .until("the question whether the terms may leave", || browser.find("//section[@aria-labelledby='decide']"))?;
    Ok(())
}

fn report_the_outcome(market: &Market, browser: &Browser) -> Result<()> {
    let director = Person::sign_in(browser, &market.persona("operations.supplier")?, Language::French)?;
    director.follow("//section[@aria-labelledby='mine']//article[.//h3[contains(., 'À rédiger')]]//h3/a")?;
    fits_a_phone(browser, "the deal's page")?;
    browser.picture("outcome-to-report")?;
    director.follow("//button[contains(., 'Transmettre ce bilan')]")
}

/// Looks at the open page as a phone shows it.
fn fits_a_phone(browser: &Browser, page: &str) -> Result<()> {
    browser.widen(320)?;
    let fit = fits(browser, page);
    browser.widen(1280)?;
    fit
}

/// The people of other firms are asked whether to advertise; what they answer disturbs nobody's story.
#[test]
fn a_person_approves_with_the_keyboard_alone() -> Result<()> {
    let Some(market) = Market::enter()? else { return Ok(()) };
    let browser = market.browser()?;
    let owner = Person::sign_in(&browser, &market.persona("owner.housings")?, Language::English)?;
    owner.read_question("Publish an anonymous notice")?;
    let focus = "const at = document.activeElement; return at.id || at.value || at.tagName;";
    tab_until(&browser, focus, "password")?;
    browser.press(&owner.persona.password())?;
    // Enter in the field decides nothing; only a named button does.
    browser.press(ENTER)?;
    ensure!(browser.find("//p[@role='status']").is_err(), "Enter in the password field decided");
    tab_until(&browser, focus, "approve")?;
    let ring = browser.run("return getComputedStyle(document.activeElement).outlineStyle;")?;
    ensure!(ring != "none", "the button with the focus does not show it");
    browser.press(ENTER)?;
    owner.is_taken_in()
}

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

fn tab_until(browser: &Browser, focus: &str, wanted: &str) -> Result<()> {
    for _ in 0..60 {
        browser.press(TAB)?;
        if browser.run(focus)? == wanted {
            return Ok(());
        }
    }
    anyhow::bail!("the Tab key never reaches {wanted}")
}

#[test]
fn a_person_approves_where_no_page_may_run_scripts() -> Result<()> {
    let Some(market) = Market::enter()? else { return Ok(()) };
    let browser = market.browser_without_scripts()?;
    browser.go("data:text/html,<p id=p>off</p><script>p.textContent='on'</script>")?;
    ensure!(browser.text("//p")? == "off", "scripts run although they are switched off");
    // Nobody counts auditors, so this notice waits for the owner alone.
    let owner = Person::sign_in(&browser, &market.persona("owner.guidance")?, Language::English)?;
    // Nothing moves by itself here, so this waits by asking for the page again.
    browser.until("a question", || {
        owner.open("/")?;
        browser.find("//section[@aria-labelledby='mine']//article").map(drop)
    })?;
    let page = owner.read_question("Publish an anonymous notice")?;
    ensure!(page.contains("Exactly what leaves") && page.contains("What stays here"), "{page}");
    owner.decide("approve", "Approve: publish this notice, without our name")
}

#[test]
fn a_wrong_password_decides_nothing_and_keeps_what_was_entered() -> Result<()> {
    let Some(market) = Market::enter()? else { return Ok(()) };
    let browser = market.browser()?;
    let persona = market.persona("dean.laboratory")?;
    browser.go(&persona.opens)?;
    browser.click("//select[@id='person']/option[@value='dean']")?;
    browser.type_in("//input[@id='password']", "not-the-password")?;
    browser.click("//form[@action='/sign-in']//button")?;
    let refused = browser.until("a refusal", || browser.text("//*[@role='alert']"))?;
    ensure!(refused.contains("The password is not right") || refused.contains("Too many"), "{refused}");
    ensure!(browser.value("//select[@id='person']", "value")? == "dean", "the chosen name is lost");

    // A notice that fewer than five firms could have written waits for the owner alone.
    let dean = Person::sign_in(&browser, &market.persona("dean.laboratory")?, Language::English)?;
    dean.read_question("Publish an anonymous notice")?;
    browser.type_in("//input[@id='password']", "not-the-password")?;
    browser.click("//button[@value='approve']")?;
    let refused = browser.until("a refusal", || browser.text("//*[@role='alert']"))?;
    ensure!(refused.contains("The password is not right"), "{refused}");
    ensure!(browser.address()?.contains("/approvals/"), "the question is gone");
    browser.find("//button[@value='approve']").map(drop).context("the question is closed")
}

#[test]
fn a_second_open_page_follows_without_being_reloaded() -> Result<()> {
    let Some(market) = Market::enter()? else { return Ok(()) };
    let (acting, watching) = (market.browser()?, market.browser()?);
    let persona = market.persona("owner.practitioner")?;
    let owner = Person::sign_in(&acting, &persona, Language::English)?;
    Person::sign_in(&watching, &persona, Language::French)?;
    watching.until("the question in the other browser", || {
        watching.find("//section[@aria-labelledby='mine']//article").map(drop)
    })?;
    watching.run("window.neverReloaded = true;")?;
    owner.read_question("Publish an anonymous notice")?;
    owner.decide("approve", "Approve: publish this notice")?;
    watching.until("the decision in the other browser", || {
        watching.find("//section[@aria-labelledby='decided']//li").map(drop)
    })?;
    ensure!(watching.run("return window.neverReloaded === true;")? == true, "the page was loaded anew");
    Ok(())
}

/// Pages that every desk has.
const PAGES: [&str; 10] =
    ["/", "/resources", "/resources/new", "/needs", "/needs/new", "/matches", "/deals", "/trust", "/people", "/status"];

#[test]
fn no_page_is_wider_than_a_phone_or_complains_in_the_console() -> Result<()> {
    let Some(market) = Market::enter()? else { return Ok(()) };
    let browser = market.browser()?;
    browser.widen(320)?;
    for language in [Language::English, Language::French] {
        let person = Person::sign_in(&browser, &market.persona("owner.fabricator")?, language)?;
        for page in PAGES {
            person.open(page)?;
            fits(&browser, page)?;
            browser.picture(&format!("page{}-{language:?}", page.replace('/', "-")))?;
            browser.widen(320)?;
        }
    }
    let complaints = browser.complaints()?;
    ensure!(complaints.is_empty(), "the console says {complaints:#?}");
    Ok(())
}

/// Nothing of the page is cut off or must be scrolled to sideways at 320 px.
fn fits(browser: &Browser, page: &str) -> Result<()> {
    let wide = browser.run("return [document.documentElement.scrollWidth, innerWidth];")?;
    ensure!(wide[0].as_u64() <= wide[1].as_u64(), "{page} is {} px wide where {} px are shown", wide[0], wide[1]);
    Ok(())
}

#[test]
fn a_page_asked_for_under_a_foreign_name_is_refused() -> Result<()> {
    let Some(market) = Market::enter()? else { return Ok(()) };
    let persona = market.persona("owner.buyer")?;
    let foreign = wire::ask(persona.port(), "desk.elsewhere.example", "GET", "/sign-in", "")?;
    ensure!(foreign.status == 403 && !foreign.body.contains(BUYER), "{}", foreign.body);
    let own = wire::ask(persona.port(), &persona.host, "GET", "/static/desk.css", "")?;
    ensure!(own.status == 200, "its own name is refused as well");
    Ok(())
}
