"""The pages of the site: each module turns a request into a call and a template."""
