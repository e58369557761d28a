"""Which parts are looked at, in the order the clerk reads them."""

from counter_app.doctor.part import Part

PARTS: tuple[Part, ...] = ()
