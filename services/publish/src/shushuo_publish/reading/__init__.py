"""What feeds, pages and the API ask of the store; every question walks an index, however many reports there are."""
