"""The words of states and steps: where a matter stands, what happened, and which day is asked for."""

from arrears.core.challenge_values import ChallengeAbout, ChallengeStepKind
from cms_tracker.language import Words, mark
from correspondence.core.challenges import State

ROUTES = Words(
    {
        ChallengeAbout.DECISION: mark("The amount: a decision"),
        ChallengeAbout.SERVICE: mark("How you were treated"),
    }
)
#: Said of what happened, in lists and as answers to choose from.
STEPS = Words(
    {
        ChallengeStepKind.RECONSIDERATION_ASKED: mark("You asked for a mandatory reconsideration"),
        ChallengeStepKind.RECONSIDERATION_LATE: mark("CMS did not take it, because it was late"),
        ChallengeStepKind.NOTICE_RECEIVED: mark("The mandatory reconsideration notice came"),
        ChallengeStepKind.APPEALED: mark("You appealed to the tribunal"),
        ChallengeStepKind.TRIBUNAL_DECIDED: mark("The tribunal decided"),
        ChallengeStepKind.COMPLAINED: mark("You complained to CMS"),
        ChallengeStepKind.ANSWERED: mark("CMS answered, and it is not its final answer"),
        ChallengeStepKind.ESCALATED: mark("You asked for the next stage"),
        ChallengeStepKind.FINAL_ANSWER: mark("CMS’s final answer came"),
        ChallengeStepKind.EXAMINER_ASKED: mark("You went to the Independent Case Examiner"),
        ChallengeStepKind.EXAMINER_REFUSED: mark("The Examiner did not take it"),
        ChallengeStepKind.EXAMINER_REPORTED: mark("The Examiner answered"),
        ChallengeStepKind.REFERRAL_ASKED: mark("You asked your MP to send it to the Ombudsman"),
        ChallengeStepKind.OMBUDSMAN_HAS_IT: mark("The Ombudsman has it"),
        ChallengeStepKind.OMBUDSMAN_DECIDED: mark("The Ombudsman decided"),
        ChallengeStepKind.MP_TOLD: mark("You asked your MP for help"),
        ChallengeStepKind.MP_ANSWERED: mark("An answer came through your MP"),
        ChallengeStepKind.PUT_RIGHT: mark("It was put right"),
        ChallengeStepKind.STOPPED: mark("You stopped"),
    }
)
STANDS = Words(
    {
        State.BEGUN: mark("Not sent yet"),
        State.RECONSIDERATION: mark("CMS looks at the decision again"),
        State.LATE_REFUSED: mark("CMS did not take it, because it was late"),
        State.NOTICE: mark("The notice is here: you can appeal"),
        State.TRIBUNAL: mark("With the tribunal"),
        State.TRIBUNAL_DECIDED: mark("The tribunal has decided"),
        State.COMPLAINED: mark("CMS has your complaint"),
        State.ANSWERED: mark("CMS has answered"),
        State.ESCALATED: mark("At the next stage of the complaint"),
        State.FINAL_ANSWER: mark("The final answer is here: you can go to the Examiner"),
        State.EXAMINER: mark("With the Independent Case Examiner"),
        State.EXAMINER_REFUSED: mark("The Examiner did not take it"),
        State.EXAMINER_REPORTED: mark("The Examiner has answered"),
        State.REFERRAL: mark("Your MP is asked to send it on"),
        State.OMBUDSMAN: mark("With the Ombudsman"),
        State.OMBUDSMAN_DECIDED: mark("The Ombudsman has decided"),
        State.PUT_RIGHT: mark("Put right"),
        State.STOPPED: mark("Stopped"),
    }
)
#: What comes next, for each route and state: a next step, or an honest end.
NEXT = Words(
    {
        (ChallengeAbout.DECISION, State.BEGUN): mark(
            "Ask CMS for a mandatory reconsideration. Say what is wrong, and how you know."
        ),
        (ChallengeAbout.DECISION, State.RECONSIDERATION): mark(
            "CMS sends a mandatory reconsideration notice. We found no time limit for it. "
            "If it takes long, you can complain about the delay."
        ),
        (ChallengeAbout.DECISION, State.LATE_REFUSED): mark(
            "You can ask again with more reasons. We have not verified whether an appeal is open now. "
            "Ask an adviser soon."
        ),
        (ChallengeAbout.DECISION, State.NOTICE): mark(
            "If you still think that it is wrong, appeal. Send the notice with it."
        ),
        (ChallengeAbout.DECISION, State.TRIBUNAL): mark(
            "Wait for the tribunal to write. Answer what it asks by the days on its own letters."
        ),
        (ChallengeAbout.DECISION, State.TRIBUNAL_DECIDED): mark(
            "This route ends here. Whether you can appeal further is not verified by us, and the time may be short. "
            "Ask an adviser at once."
        ),
        (ChallengeAbout.DECISION, State.PUT_RIGHT): mark("Nothing more to do. Check the next figures from CMS."),
        (ChallengeAbout.DECISION, State.STOPPED): mark(
            "Nothing more to do here. A new decision can be challenged anew."
        ),
        (ChallengeAbout.SERVICE, State.BEGUN): mark(
            "Complain to CMS in writing. We found no time limit, but do it soon: people forget, and records go."
        ),
        (ChallengeAbout.SERVICE, State.COMPLAINED): mark(
            "Wait for the answer. If none comes by then, ask for the next stage."
        ),
        (ChallengeAbout.SERVICE, State.ANSWERED): mark(
            "If it does not put things right, ask for the next stage, or for CMS’s final answer."
        ),
        (ChallengeAbout.SERVICE, State.ESCALATED): mark(
            "CMS sends its final answer. It says that you can go to the Independent Case Examiner."
        ),
        (ChallengeAbout.SERVICE, State.FINAL_ANSWER): mark(
            "Go to the Independent Case Examiner. A later final answer starts the time again."
        ),
        (ChallengeAbout.SERVICE, State.EXAMINER): mark(
            "Wait for the Examiner. It aims to resolve a case in 8 weeks, settle it in 15 or investigate it in 20."
        ),
        (ChallengeAbout.SERVICE, State.EXAMINER_REFUSED): mark(
            "Read why. If CMS has not given a final answer, ask CMS for one. Then go to the Examiner again."
        ),
        (ChallengeAbout.SERVICE, State.EXAMINER_REPORTED): mark(
            "If you do not agree, ask your MP to send it to the Ombudsman."
        ),
        (ChallengeAbout.SERVICE, State.REFERRAL): mark("Wait for your MP. Ask again if you hear nothing."),
        (ChallengeAbout.SERVICE, State.OMBUDSMAN): mark("Wait for the Ombudsman, and answer what it asks."),
        (ChallengeAbout.SERVICE, State.OMBUDSMAN_DECIDED): mark(
            "This is the last step of a complaint. New mistakes can be a new complaint."
        ),
        (ChallengeAbout.SERVICE, State.PUT_RIGHT): mark("Nothing more to do. Note a new matter as a new one."),
        (ChallengeAbout.SERVICE, State.STOPPED): mark("Nothing more to do here. A new matter can be a new complaint."),
    }
)
#: What replaces NEXT in Northern Ireland.
NEXT_IN_NORTHERN_IRELAND = Words(
    {
        (ChallengeAbout.SERVICE, State.FINAL_ANSWER): mark(
            "Ask the Independent Case Examiner soon whether it takes your complaint, and by when. "
            "Its time in Northern Ireland is not verified by us."
        ),
        (ChallengeAbout.SERVICE, State.EXAMINER_REPORTED): mark(
            "Which ombudsman comes next in Northern Ireland is not verified by us. Ask the Examiner, or your MP or MLA."
        ),
        (ChallengeAbout.SERVICE, State.REFERRAL): mark("Wait for your MP or MLA. Ask again if you hear nothing."),
        (ChallengeAbout.DECISION, State.NOTICE): mark(
            "If you still think that it is wrong, appeal to The Appeals Service. Send the notice with it."
        ),
    }
)
#: Which day a step asks for.
ASKS_DAY = Words(
    {
        ChallengeStepKind.NOTICE_RECEIVED: mark("What date is on the notice?"),
        ChallengeStepKind.FINAL_ANSWER: mark("When did the final answer reach you?"),
        ChallengeStepKind.COMPLAINED: mark("When did you send it?"),
        ChallengeStepKind.ESCALATED: mark("When did you send it?"),
    }
)
#: The stage of a route at which a matter stands; where it has ended, none.
STAGE_OF = {
    (ChallengeAbout.DECISION, State.BEGUN): "reconsideration",
    (ChallengeAbout.DECISION, State.RECONSIDERATION): "reconsideration",
    (ChallengeAbout.DECISION, State.LATE_REFUSED): "reconsideration",
    (ChallengeAbout.DECISION, State.NOTICE): "tribunal",
    (ChallengeAbout.DECISION, State.TRIBUNAL): "tribunal",
    (ChallengeAbout.SERVICE, State.BEGUN): "complaint",
    (ChallengeAbout.SERVICE, State.COMPLAINED): "complaint",
    (ChallengeAbout.SERVICE, State.ANSWERED): "next_stage",
    (ChallengeAbout.SERVICE, State.ESCALATED): "next_stage",
    (ChallengeAbout.SERVICE, State.FINAL_ANSWER): "examiner",
    (ChallengeAbout.SERVICE, State.EXAMINER): "examiner",
    (ChallengeAbout.SERVICE, State.EXAMINER_REFUSED): "examiner",
    (ChallengeAbout.SERVICE, State.EXAMINER_REPORTED): "mp",
    (ChallengeAbout.SERVICE, State.REFERRAL): "mp",
    (ChallengeAbout.SERVICE, State.OMBUDSMAN): "ombudsman",
}
#: The letters that help in a state, on either route.
LETTERS_OF = {
    (ChallengeAbout.DECISION, State.BEGUN): ("mandatory-reconsideration",),
    (ChallengeAbout.DECISION, State.LATE_REFUSED): ("mandatory-reconsideration",),
    (ChallengeAbout.DECISION, State.RECONSIDERATION): ("complaint",),
    (ChallengeAbout.SERVICE, State.BEGUN): ("complaint",),
    (ChallengeAbout.SERVICE, State.COMPLAINED): ("complaint-escalation",),
    (ChallengeAbout.SERVICE, State.ANSWERED): ("complaint-escalation",),
    (ChallengeAbout.SERVICE, State.FINAL_ANSWER): ("independent-case-examiner",),
    (ChallengeAbout.SERVICE, State.EXAMINER_REFUSED): ("independent-case-examiner",),
    (ChallengeAbout.SERVICE, State.EXAMINER_REPORTED): ("mp",),
    (ChallengeAbout.SERVICE, State.REFERRAL): ("mp",),
}
