"""An open data release: what is open, described by RO-Crate, DCAT and VoID."""
