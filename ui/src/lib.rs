//! The desk: pages and JSON API.
