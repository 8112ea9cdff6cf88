"""What publish serves over HTTP: feeds, pages, the API."""
