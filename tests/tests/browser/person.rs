//! One person at one desk: opens the printed page, signs in, reads what is asked, decides with the password.

use crate::browser::chromium::Browser;
use crate::browser::market::Persona;
use anyhow::{Result, ensure};

/// The language a person reads in; the words below are those of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Language {
    English,
    French,
}

/// A person who signed in.
pub(crate) struct Person<'a> {
    /// The browser in front of them.
    pub(crate) browser: &'a Browser,
    /// Who it is.
    pub(crate) persona: Persona,
    language: Language,
}

impl<'a> Person<'a> {
    /// Opens the printed address, signs in, and switches the page to the person's language.
    pub(crate) fn sign_in(browser: &'a Browser, persona: &Persona, language: Language) -> Result<Person<'a>> {
        let person = Person { browser, persona: persona.clone(), language };
        browser.go(&persona.opens)?;
        if browser.address()?.ends_with("/sign-in") {
            person.fill_in_the_door(&persona.password())?;
            browser.until("the inbox after signing in", || {
                ensure!(!browser.address()?.ends_with("/sign-in"), "still at the door");
                browser.find("//section[@aria-labelledby='mine']")
            })?;
        }
        let tag = if language == Language::English { "en" } else { "fr" };
        if browser.value("//html", "lang")? != tag {
            browser.click("//a[contains(@class, 'switch')]")?;
        }
        browser.until("the person's language", || {
            ensure!(browser.value("//html", "lang")? == tag, "another language");
            Ok(())
        })?;
        Ok(person)
    }

    /// Chooses the person's name at the door, types a password and presses the button.
    pub(crate) fn fill_in_the_door(&self, password: &str) -> Result<()> {
        self.browser.click(&format!("//select[@id='person']/option[@value='{}']", self.persona.id))?;
        self.browser.type_in("//input[@id='password']", password)?;
        self.browser.click("//form[@action='/sign-in']//button")
    }

    /// Goes to a page of this desk.
    pub(crate) fn open(&self, path: &str) -> Result<()> {
        self.browser.go(&format!("http://{}{path}", self.persona.host))
    }

    /// Waits for something to click on, clicks, and is on another page.
    pub(crate) fn follow(&self, path: &str) -> Result<()> {
        let before = self.browser.address()?;
        self.browser.until(path, || {
            if self.browser.address()? == before {
                self.browser.click(path)?;
            }
            ensure!(self.browser.address()? != before, "still on the page before");
            Ok(())
        })
    }

    /// Waits in the inbox, without reloading it, for a question, and opens it. Gives the text of its page.
    pub(crate) fn read_question(&self, asks: &str) -> Result<String> {
        self.open("/")?;
        let card = format!("//section[@aria-labelledby='mine']//article[.//h3[contains(., \"{asks}\")]]");
        self.browser.until(asks, || {
            if let Err(not_there) = self.browser.click(&format!("{card}//a[contains(@class, 'primary')]")) {
                // The click may have gone through although its answer did not.
                ensure!(self.browser.address()?.contains("/approvals/"), not_there);
            }
            self.browser.find("//section[@aria-labelledby='decide']").map(drop)
        })?;
        self.browser.text("//main")
    }

    /// Types the password and presses yes or no; `says` must stand on that button. Waits until the desk took the decision.
    pub(crate) fn decide(&self, verdict: &str, says: &str) -> Result<()> {
        let button = format!("//button[@name='verdict' and @value='{verdict}']");
        let label = self.browser.text(&button)?;
        ensure!(label.contains(says), "the button says {label:?} and not {says:?}");
        self.browser.type_in("//input[@id='password']", &self.persona.password())?;
        self.browser.click(&button)?;
        self.is_taken_in()
    }

    /// Waits until the desk says that the decision was taken.
    pub(crate) fn is_taken_in(&self) -> Result<()> {
        self.browser.until("a word that the decision was taken", || {
            if let Ok(fault) = self.browser.text("//*[@role='alert']") {
                panic!("the desk refused: {fault}");
            }
            self.browser.find("//p[@role='status']").map(drop)
        })
    }

    /// Waits until the deal's page says it is over, and how.
    pub(crate) fn sees_the_deal_completed(&self) -> Result<()> {
        self.open("/deals")?;
        let says = if self.language == Language::English { "completed" } else { "complété" };
        self.browser.until("a completed deal", || {
            let text = self.browser.text("//main")?;
            ensure!(text.contains(says), "not completed yet");
            Ok(())
        })
    }
}
