"""The store: tables, the engine they live on, and the questions asked of them."""
