"""Plans against each other: every platform for the same capacity, and changes that bring a plan back into its budget.

Stands above planning and pricing because it does both again for each candidate; decides nothing for the person.
"""

from groundplan.weigh.options import compare
from groundplan.weigh.remedies import with_remedies

__all__ = ["compare", "with_remedies"]
