"""Open311 GeoReport v2 over the City's records: strangers' apps ask for services, hand in requests, and follow them.

What goes out says nothing of anybody: no name, no phone, and an address only where the service publishes addresses.
The wiki's prose is the specification (https://wiki.open311.org/GeoReport_v2/); servicerequestupdates is mySociety's
extension. README.md beside it tells what is obeyed.
"""
