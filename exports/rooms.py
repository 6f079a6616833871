"""The blueprints of this storey, for the application to register."""

from exports.views import editions, exports, jobs, office, witnesses

ROOMS = (exports.bp, editions.bp, jobs.bp, office.bp, witnesses.copies, witnesses.bp)
