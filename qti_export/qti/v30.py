"""QTI 3.0: a package with one test and its items."""

from content.quiz import Quiz
from qti_export.qti import package
from qti_export.qti.dialect import Dialect
from qti_export.report import Exported

DIALECT = Dialect(
    target="qti30",
    label="QTI 3.0",
    namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    location="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0p1_v1p0.xsd",
    manifest_namespace="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    schema="QTI Package",
    schema_version="3.0.0",
    suffix="xmlv3p0",
    hyphened=True,
)


def export(quiz: Quiz) -> Exported:
    """Return the package of a checked quiz that has all its ids; see `package.export`."""
    return package.export(quiz, DIALECT)
