//! The pages. Each file holds one page: its handlers first, its markup below.
//!
//! Every page states what a button does, who must act, and what an empty list will hold. A page shows what a view gives and
//! computes nothing that a firm would have to agree with.

pub(crate) mod approval;
pub(crate) mod audit;
pub(crate) mod brief;
pub(crate) mod calendar;
pub(crate) mod crowd;
pub(crate) mod deal;
pub(crate) mod deals;
pub(crate) mod deputies;
pub(crate) mod entry;
pub(crate) mod frame;
pub(crate) mod inbox;
pub(crate) mod invoice;
pub(crate) mod invoices;
pub(crate) mod item_form;
pub(crate) mod items;
pub(crate) mod loan;
pub(crate) mod matches;
pub(crate) mod no;
pub(crate) mod parts;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod provisions;
pub(crate) mod status;
pub(crate) mod talk;
pub(crate) mod talk_form;
pub(crate) mod terms;
pub(crate) mod terms_form;
pub(crate) mod timesheet;
pub(crate) mod timetable;
pub(crate) mod trust;
pub(crate) mod waiting;
pub(crate) mod window_form;
pub(crate) mod work;
