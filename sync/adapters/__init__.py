"""RemoteApi over the network: one file an API, and one where foreign errors become ours."""
