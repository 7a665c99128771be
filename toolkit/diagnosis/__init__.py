"""From a client's folder to the one result document."""
