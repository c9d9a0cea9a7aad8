"""What each page of a record is called when somebody is told that it was looked at."""

from cms_tracker.language import mark, say

_AREAS: dict[str, str] = {
    mark("Today"): "pages:today pages:overview pages:name-record",
    mark("Details of the case"): (
        "arrears:details cases:edit-details cases:new-service cases:new-dates arrears:first-decision "
        "arrears:check-first-decision arrears:first-page arrears:new-decision arrears:check-decision "
        "arrears:new-opening arrears:new-adjustment arrears:plausible"
    ),
    mark("Safe contact"): "cases:safe-contact cases:check-safe-contact cases:ask-safe-contact",
    mark("Who can see this record"): (
        "cases:people cases:invite cases:withdraw cases:end-access cases:authority cases:give-authority "
        "cases:give-to-adviser cases:end-authority cases:client-code cases:end-look pages:who-looked pages:handed "
        "pages:close"
    ),
    mark("Payments"): (
        "arrears:payments arrears:log-payment arrears:payment arrears:working arrears:changes arrears:pattern "
        "pages:many pages:strike-out"
    ),
    mark("A file of the payment pattern"): "arrears:pattern-file",
    mark("Bank statements"): "arrears:bank arrears:bank-columns arrears:bank-save",
    mark("Proof of a payment"): "arrears:add-proof arrears:proof",
    mark("Plans"): (
        "arrears:plans arrears:new-plan arrears:compare arrears:remove-proposal arrears:send-proposal "
        "arrears:answer-proposal arrears:share-plan arrears:shared-plans arrears:withdraw-shared-plan arrears:plan "
        "arrears:new-step"
    ),
    mark("Budget"): "arrears:new-budget arrears:budget",
    mark("Other money"): (
        "arrears:other-money arrears:new-other-money arrears:taken-off arrears:claims arrears:new-claim "
        "arrears:claim arrears:claim-step arrears:new-settlement arrears:settlement arrears:settlement-step "
        "arrears:check-settlement arrears:new-order arrears:order"
    ),
    mark("Figures from CMS"): (
        "arrears:figures arrears:new-figure arrears:figure arrears:breakdown arrears:compare-records"
    ),
    mark("A file of the breakdown"): "arrears:breakdown-file",
    mark("Calls and letters"): (
        "correspondence:new-contact correspondence:contact correspondence:log correspondence:timeline "
        "correspondence:results correspondence:new-result correspondence:events correspondence:choose-event "
        "correspondence:new-event correspondence:ladder"
    ),
    mark("Promises"): (
        "correspondence:promises correspondence:chase-all correspondence:chase-promise correspondence:chase-reply "
        "correspondence:promise-outcome"
    ),
    mark("What next"): "correspondence:next correspondence:begin",
    mark("How it can end"): (
        "correspondence:endings correspondence:ending correspondence:check-notice correspondence:not-wanted"
    ),
    mark("Direct Pay or Collect and Pay"): "correspondence:moving",
    mark("Money on its way"): (
        "arrears:transits arrears:new-transit arrears:transit arrears:next-transit arrears:pay-limit"
    ),
    mark("The record on one page"): "correspondence:one-page correspondence:make-one-page",
    mark("Ways to put it right"): (
        "correspondence:routes correspondence:which-route correspondence:new-route correspondence:route-step"
    ),
    mark("Letters"): (
        "correspondence:letters correspondence:new-letter correspondence:check-letter correspondence:preview-letter "
        "correspondence:change-words correspondence:correct-letter correspondence:letter correspondence:status "
        "correspondence:page correspondence:again correspondence:letter-step correspondence:preview-bulk"
    ),
    mark("A letter as a file"): "correspondence:pdf",
    mark("Bundles"): (
        "correspondence:bundles correspondence:new-bundle correspondence:bundle correspondence:bundle-status "
        "correspondence:bundle-period correspondence:bundle-parties correspondence:bundle-sections "
        "correspondence:bundle-list correspondence:check-bundle correspondence:bundle-again "
        "correspondence:reopen-bundle correspondence:remove-bundle correspondence:next-bundle "
        "correspondence:release-bundle"
    ),
    mark("A bundle as a file"): "correspondence:bundle-pdf correspondence:bundle-manifest",
    mark("What is kept out of documents"): "correspondence:keep-out correspondence:stop-keeping-out",
    mark("Evidence"): (
        "correspondence:evidence correspondence:new-evidence correspondence:contact-file correspondence:letter-file "
        "correspondence:evidence-file"
    ),
    mark("A file of the evidence"): "correspondence:original correspondence:copy",
    mark("Statements"): (
        "correspondence:statements correspondence:statement correspondence:statement-status "
        "correspondence:statement-page correspondence:statement-again"
    ),
    mark("A statement as a file"): "correspondence:statement-pdf correspondence:statement-file",
    mark("Deadlines"): (
        "correspondence:deadlines correspondence:choose-deadline correspondence:new-deadline "
        "correspondence:end-deadline correspondence:end-decision-deadline correspondence:count-letter"
    ),
    mark("A copy of the whole record"): "pages:export",
    mark("Deleting this record"): "rights:delete-record",
}
_WORDS = {name: words for words, names in _AREAS.items() for name in names.split()}
_OTHER = mark("Another page of this record")


def words_for(view_name: str) -> str:
    """What a page is called in plain words."""
    return say(_WORDS.get(view_name, _OTHER))


def is_named(view_name: str) -> bool:
    """Whether a page has words of its own."""
    return view_name in _WORDS
