"""The City's calendar at the gateway: slots, who has a place in which, who waits, and what laptops are told of it."""
