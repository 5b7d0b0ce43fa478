//! What two Cosolvent nodes must agree on.
