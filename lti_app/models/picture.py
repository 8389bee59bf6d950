"""The images of quizzes, each stored once, by its content."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from lti_app.models.base import Base


class Picture(Base):
    """An image by the SHA-256 of its bytes, which nobody can know who has not seen it. ``type`` is its MIME type."""

    __tablename__ = "pictures"

    digest: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    data: Mapped[bytes]


class RevisionPicture(Base):
    """What the texts of a revision call an image (`content.media.Media.name`)."""

    __tablename__ = "revision_pictures"

    revision_id: Mapped[int] = mapped_column(ForeignKey("quiz_revisions.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("pictures.digest"))
