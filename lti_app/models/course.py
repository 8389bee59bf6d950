"""A course of an LMS (an LTI context)."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_app.models.base import Base
from lti_app.models.registration import Deployment


class Course(Base):
    """An LTI context: unique within its deployment. ``context_id`` is empty for launches without a context claim."""

    __tablename__ = "courses"
    __table_args__ = (UniqueConstraint("deployment_id", "context_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployments.id", ondelete="CASCADE"))
    context_id: Mapped[str]
    title: Mapped[str] = mapped_column(default="")

    deployment: Mapped[Deployment] = relationship()
