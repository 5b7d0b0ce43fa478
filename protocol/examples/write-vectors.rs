//! Writes the golden vectors: `cargo run -p protocol --example write-vectors`.
//!
//! Run it when the protocol changes on purpose, and read the difference before committing it: every changed line is something
//! that older nodes no longer understand.

#[path = "../tests/specimens/mod.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the tests, which use more of it")]
mod specimens;

fn main() -> std::io::Result<()> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    for (name, text) in specimens::files(&specimens::world::World::new()) {
        std::fs::write(folder.join(name), text)?;
    }
    Ok(())
}
