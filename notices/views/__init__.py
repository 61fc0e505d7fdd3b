"""What people see of telling: the inbox, the delivery log, the channels."""
