"""The plain values that Moodle's restore needs of each kind of record.

Without them some version between 4.0 and 5.x ends in a database error, notices, or a quiz that is silently another.
"""

REQUIRED = {
    "information": "moodle_version moodle_release backup_version backup_release backup_date mnet_remoteusers"
    " include_files original_wwwroot original_site_identifier_hash original_course_id original_course_fullname"
    " original_course_shortname original_course_startdate original_course_contextid original_system_contextid",
    "detail": "type format mode",
    "setting": "level name value",
    "module": "id version modulename sectionid sectionnumber idnumber visible visibleold completion completionexpected"
    " availability showdescription",
    "quiz": "id name intro introformat timeopen timeclose timelimit overduehandling graceperiod preferredbehaviour"
    " attempts_number grademethod decimalpoints reviewattempt reviewcorrectness reviewmaxmarks reviewmarks"
    " reviewspecificfeedback reviewgeneralfeedback reviewrightanswer reviewoverallfeedback questionsperpage navmethod"
    " shuffleanswers sumgrades grade password delay1 delay2",
    "question_instance": "id slot page maxmark requireprevious displaynumber",
    "question_reference": "id usingcontextid component questionarea questionbankentryid version",
    "question_set_reference": "id usingcontextid component questionarea questionscontextid filtercondition",
    "section": "id firstslot heading shufflequestions",
    "feedback": "id feedbacktext feedbacktextformat mingrade maxgrade",
    "grade_item": "id itemname itemtype itemmodule iteminstance itemnumber idnumber gradetype grademax grademin"
    " gradepass sortorder hidden categoryid",
    "question_category": "id name contextid contextlevel contextinstanceid info infoformat stamp parent sortorder"
    " idnumber",
    "question_bank_entry": "id questioncategoryid idnumber ownerid",
    "question_versions": "id version status",
    "question": "id parent name questiontext questiontextformat generalfeedback generalfeedbackformat defaultmark"
    " penalty qtype length stamp createdby modifiedby",
    "answer": "id answertext answerformat fraction feedback feedbackformat",
    "multichoice": "id layout single shuffleanswers correctfeedback correctfeedbackformat partiallycorrectfeedback"
    " partiallycorrectfeedbackformat incorrectfeedback incorrectfeedbackformat answernumbering shownumcorrect"
    " showstandardinstruction",
    "truefalse": "id trueanswer falseanswer showstandardinstruction",
    "shortanswer": "id usecase",
    "numerical_option": "id showunits unitsleft unitgradingtype unitpenalty",
    "numerical_record": "id answer tolerance",
    "matchoptions": "id shuffleanswers correctfeedback correctfeedbackformat partiallycorrectfeedback"
    " partiallycorrectfeedbackformat incorrectfeedback incorrectfeedbackformat shownumcorrect",
    "ordering": "id layouttype selecttype selectcount gradingtype showgrading numberingstyle correctfeedback"
    " correctfeedbackformat partiallycorrectfeedback partiallycorrectfeedbackformat incorrectfeedback"
    " incorrectfeedbackformat shownumcorrect",
    "multianswer": "id question sequence",
    "essay": "id responseformat responserequired responsefieldlines minwordlimit maxwordlimit attachments"
    " attachmentsrequired graderinfo graderinfoformat responsetemplate responsetemplateformat filetypeslist maxbytes",
    "question_hint": "id hint hintformat shownumcorrect clearwrong",
    "match": "id questiontext questiontextformat answertext",
    "tag": "id name rawname",
    "file": "id contenthash contextid component filearea itemid filepath filename filesize mimetype sortorder",
}

MAY_BE_NULL = (
    "displaynumber version idnumber availability categoryid mimetype userid source author license repositorytype"
    " repositoryid reference completiongradeitemnumber lang iteminfo calculation scaleid outcomeid decimals"
    " quizgradeitemid options minwordlimit maxwordlimit filetypeslist"
)

MAX_LENGTH = {"name": 255, "itemname": 255, "idnumber": 100, "stamp": 255, "rawname": 255, "password": 255}
"""Characters that the columns hold; at one more the restore dies."""
