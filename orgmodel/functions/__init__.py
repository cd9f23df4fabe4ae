"""Business functions: which nodes sell, build, pay or serve customers, told from stated words and texts.

* `orgmodel.functions.vocabulary` and `orgmodel.functions.customer_service_words`: the words, as data;
* `orgmodel.functions.reading`: what one title or unit holds;
* `orgmodel.functions.recognising`: `business_functions`, the function of every node;
* `orgmodel.functions.clues`: what speaks for and against customer service;
* `orgmodel.functions.proposals`: `customer_service_proposals`, which nodes are customer service;
* `orgmodel.functions.scripts`: scripts that the words are not known in.
"""

from orgmodel.functions.proposals import Proposal, customer_service_proposals, why_none_is_proposed
from orgmodel.functions.recognising import FunctionReading, business_functions
from orgmodel.functions.vocabulary import FUNCTION_TITLES

__all__ = [
    "FUNCTION_TITLES",
    "FunctionReading",
    "Proposal",
    "business_functions",
    "customer_service_proposals",
    "why_none_is_proposed",
]
