//! A damaged journal is one clear sentence, not a stack of the storage engine.
//!
//! The engine panics on some damaged pages. The journal catches that and names the file; what would still reach the screen
//! is the panic message of a thread that nobody asked about. While a piece of work is run quietly on this thread, that
//! message goes to the log instead. Every other panic is printed as always.

use std::{cell::Cell, panic, sync::Once};

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; a panic in it is logged and not printed.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> T {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if QUIET.get() {
                tracing::debug!(%info, "the storage engine gave up");
            } else {
                before(info);
            }
        }));
    });
    struct Loud;
    impl Drop for Loud {
        fn drop(&mut self) {
            QUIET.set(false);
        }
    }
    QUIET.set(true);
    let _loud = Loud;
    work()
}
