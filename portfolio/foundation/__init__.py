"""What every storey stands on: database, clock, errors, audit log, file store, prose, forms, jobs."""
