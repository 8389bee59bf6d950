"""QTI 2.1: a package with one test and its items, valid against the final schemas (2.1.2)."""

from content.quiz import Quiz
from qti_export.qti import package
from qti_export.qti.dialect import Dialect
from qti_export.report import Exported

DIALECT = Dialect(
    target="qti21",
    label="QTI 2.1",
    namespace="http://www.imsglobal.org/xsd/imsqti_v2p1",
    location="http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1p2.xsd",
    manifest_namespace="http://www.imsglobal.org/xsd/imscp_v1p1",
    schema="QTIv2.1 Package",
    schema_version="1.0.0",
    suffix="xmlv2p1",
    has_direction=False,
    has_external_scoring=False,
)


def export(quiz: Quiz) -> Exported:
    """Return the package of a checked quiz that has all its ids; see `package.export`."""
    return package.export(quiz, DIALECT)
