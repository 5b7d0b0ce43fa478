//! Promises of the program, kept by the program that is built: real processes, real folders, a real sponsor on loopback.

mod belonging;
mod broken_off;
mod init;
mod keeping;
mod keys;
mod meeting;
mod offline;
mod place;
mod policy;
mod running;
