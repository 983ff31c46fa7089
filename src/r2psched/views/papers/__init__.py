"""Papers: a programme and the podium's list as PDF, set by typst."""

from r2psched.views.papers.printing import Printed, order_pdf, programme_pdf

__all__ = ["Printed", "order_pdf", "programme_pdf"]
