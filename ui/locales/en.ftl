# Every string of the desk, in English. The build compares this file with fr.ftl: same keys, same variables.
# Words of the shop are fixed in WORDS.md. A code of a vocabulary is `vocabulary-code`.

## The frame of every page

brand = Cosolvent
skip-link = Skip to the content
nav-label = Sections
nav-inbox = Inbox
nav-resources = Resources
nav-needs = Needs
nav-matches = Matches
nav-deals = Deals
nav-trust = Trust
nav-people = People
sign-out = Sign out
switch-language = Français
gone-text = This node does not answer. Start it again with “cosolvent run”, then open the address that it prints.
stale-text = Something changed while you were filling in this page.
stale-link = Show the newest state (what you entered is dropped)
banner-demonstration = Demonstration: the firms are fictional and nothing here is real business.
banner-simulated = Simulated region: the clock is virtual and nobody here exists.
banner-lapsed = Your membership ended on { $day }, so nothing new can be published or sent. Ask your sponsor to renew it: { $sponsors }. Nothing that you entered is lost.
banner-keys-soon = This node may sign for your firm until { $day }. Before that, have whoever keeps the recovery sheet run “cosolvent keys renew” on the node’s computer.
banner-keys-over = This node may no longer sign for your firm (last day: { $day }), so nobody will believe what it says. Have whoever keeps the recovery sheet run “cosolvent keys renew” on the node’s computer. Nothing that you entered is lost.
footer-neighbours = { $count ->
    [0] no neighbours connected
    [one] 1 neighbour connected
   *[other] { $count } neighbours connected
}
footer-status = Status of this node
footer-linkable = Your sponsor issues the permits that notices and messages travel with, and could tell which of them are yours. Other firms cannot.
footer-unlinkable = Your sponsor issues the permits that notices and messages travel with, without seeing them: neither it nor other firms can tell which of them are yours.

## The way in

sign-in-title = Sign in
sign-in-lead = You decide under your own name. Your password opens your signing key only while you decide.
sign-in-person = Who are you?
sign-in-password = Your password
sign-in-button = Sign in
sign-in-nobody = Nobody is enrolled yet. Enrol the first person with “cosolvent person add”, then reload this page.

## Pages that could not be shown

stop-title = This page cannot be shown
stop-back = Back to the inbox
stop-host = This desk does not answer to that name. Open it under the address that the program printed, or add the name to the desk’s host names.
stop-origin = This request did not come from a page of this desk, so nothing was done. Open the desk again and repeat it there.
stop-secret = This address does not carry the secret of this start. Open the address that the program printed when it last started.
stop-closed = This browser has not been let in yet, or the session is over. Open the address that the program printed when it started.
stop-token = This form belongs to an earlier session, so nothing was done. Go back to the inbox and open the page again.
stop-too-large = What was sent is too large, so nothing was done. Shorten the texts and send it again.
stop-missing = There is nothing at this address, or you may not see it. It may have been withdrawn.
stop-entropy = The computer gave no random numbers, so no safe session can begin. Restart the computer and try again.

## What went wrong while deciding or signing in

error-password = The password is not right. Type it again; if you forgot it, ask the owner to enrol you anew.
error-no-password = Type your password to decide. Nothing was decided.
error-no-verdict = Choose one of the two buttons. Nothing was decided.
error-changed = The question changed while this page was open, and nothing was decided. Read what it says now, then decide.
error-throttled = Too many wrong passwords. Wait { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}, then try again.
error-not-enrolled = You are no longer enrolled to act for the firm. Ask the owner to enrol you again.
error-key-unreadable = Your sealed key cannot be read. Ask the owner to restore the key folder from a backup.
error-not-running = The node has stopped. Look at its log for the reason, then start it again.
error-too-slow = The node did not answer in time. Open the page again to see whether it was done.

## What was just done

note-agreed = Your yes is kept. Somebody else must say yes too before anything leaves.
note-approved = Approved. What you released is on its way.
note-declined = Declined. None of it left.
note-confided = Entered. Only your firm can see it.
note-withdrawn = Withdrawn.
note-lend-asked = Asked. Whoever may decide finds it in their inbox.
note-taken-back = Taken back. It is not offered any more.
note-deputy-named = Named. The deputy finds your questions in their inbox while the span lasts.
note-deputy-ended = Ended. The deputy decides nothing more for that person.
note-left = Done. Nothing that this person decides counts any more.
note-proposed = The terms were taken in.
note-reported = The outcome was taken in.
note-window-added = Saved. The window counts from now on.
note-window-removed = Taken out. Hours that deals have stay theirs.
note-closed = The deal was ended.

## Inbox

inbox-title = Inbox
inbox-mine = Waiting for you
inbox-others = Waiting for somebody else here
inbox-decided = Decided
inbox-empty = Decisions will appear here: whether a notice may be published, whether to write to a firm that fits, whether to exchange names. Start by entering what stands idle or what you need; nobody else can see it.
inbox-nothing-mine = Nothing waits for you. New questions appear here by themselves.
inbox-leaves = { $count ->
    [one] 1 fact
   *[other] { $count } facts
} ({ $bytes }) would go to { $to }
inbox-nothing-leaves = No facts leave; only your consent is told
inbox-nothing-told = Nothing leaves by this; it only lets your firm offer it
inbox-lapses = Lapses
inbox-decides = decided by { $roles }
inbox-open = Read and decide
inbox-draft = To write: { $step } · { $title }
inbox-outcome = When the work is over, open the deal and say how it ended.

asks-advertise = Publish an anonymous notice for “{ $title }”?
asks-interest = Write to { $to } about “{ $title }”?
asks-answer = Answer { $to } about “{ $title }”?
asks-ask = Ask { $to } these questions about “{ $title }”?
asks-reply = Answer what { $to } asks about “{ $title }”?
asks-viable = Can “{ $title }” be done with { $to }?
asks-opt-in = Exchange names with { $to } for “{ $title }”?
asks-terms = Send these terms to { $to } for “{ $title }”?
asks-acknowledge = Have you read the terms with { $to } for “{ $title }”?
asks-sign = Sign the terms with { $to } for “{ $title }”?
asks-start = Record the start with { $to } for “{ $title }”?
asks-outcome = Sign the outcome with { $to } for “{ $title }”?
asks-work = Write down what was done with { $to } for “{ $title }”?
asks-countersign = Was it so, as { $to } wrote it down for “{ $title }”?
asks-other = Let this happen with { $to } for “{ $title }”?
asks-own-consent = May your firm offer your time for “{ $title }”?
asks-release = Release { $person } for “{ $title }”?

state-waiting = waiting
state-approved = approved
state-declined = declined
state-lapsed = lapsed
state-moot = no longer asked
state-ruled = answered under a standing rule
state-ruled-more = Answered under rule { $rule } of version { $version } of your policy, signed by { $person }. Nobody was asked.
state-ruled-stop = To stop such answers, an owner puts a version of the policy without this rule into force.
state-lapsed-more = Nobody decided in time. None of this left.
state-moot-more = The matter ended before anybody decided. None of this left.

## The approval page

approval-leaves = Exactly what leaves
approval-to = To: { $to }
approval-field = Field
approval-value = They will read
approval-bytes = Bytes
approval-total = In all
approval-notice = The notice also says
approval-stays = What stays here
approval-stays-nothing = Nothing else is held about this.
approval-heard = What they have told you so far
approval-why = Why it matched
approval-next = What happens next
approval-asked = Asked
approval-lapses = Lapses
approval-roles = May decide
approval-by-rule = By rule
approval-rule = Rule { $rule } of your policy, version { $version }
approval-no-rule = No rule of your policy, version { $version }
approval-own = None: your consent is yours alone, and no rule gives or replaces it
approval-who = That is
wait-reminded = Reminded
wait-reminds = Next reminder
wait-escalates = If nobody decides
wait-escalated = Others may too
wait-because = { $roles } may decide from { $when } (rule { $rule } of version { $version })
wait-because-default = { $roles } may decide from { $when } (version { $version })
wait-stop = Nothing is approved by waiting. To stop it now, decline here, or see:
wait-stop-deal = the deal, where it can be ended
wait-stop-item = the resource or need, where it can be withdrawn

names-title = This exchanges names
names-text = If both sides agree, { $to } will learn that you are { $name }, and you will learn who they are. What is known cannot be taken back.
names-second = The other side sends its name first, because your firm keeps a list of firms that it avoids. It learns that there is such a list, not who is on it. If it is on the list, the exchange ends as after any no and nobody here sees its name.
names-give = You give
names-get = You get

leaf-firm-id = your firm’s permanent number and its founding record
leaf-legal-name = your legal name
leaf-membership = your sponsor’s certificate that you are a member
leaf-street = your street address
leaf-mail = your mail address
leaf-phone = your telephone number
leaf-contact = the name of your contact person
leaf-carrier = where your node can be reached directly
leaf-terms = the terms shown below
leaf-consent = your signed consent to exactly this
leaf-outcome = the outcome, as a code
leaf-docket = what was done, as shown below
leaf-other = as shown on this page

next-advertise = The notice is published without your name. Nodes of other firms compare it with what they hold; you see here who fits.
next-interest = Your facts travel sealed; only { $to } can open them. Somebody there decides whether to answer. Until then nothing more is told.
next-answer = Your facts travel sealed to { $to }. Then one person on each side says whether it can be done.
next-ask = { $to } is asked this and nothing else. What comes back stands on the deal’s page, and the match is judged again with it. The deal does not wait for it.
next-reply = { $to } is told these answers, and that you do not say the others, never why. Nothing else follows: whether it can be done is a question of its own.
next-viable = { $to } is told that you say it can be done. When both sides have said so, both are asked whether to exchange names.
next-opt-in = Nothing is opened until { $to } consents as well. Then one side’s name opens first and the other’s right after it. Whoever has read a name could still stop; nobody can make that impossible, so consent only if you could bear it.
next-terms = { $to } receives these terms and may read, sign or answer with others. They bind nobody until both have signed.
next-acknowledge = { $to } is told that you have read this version. It binds nobody yet.
next-sign = You are bound by these terms once { $to } has signed the same version. Then the start is recorded.
next-start = The start is recorded in the shared log without names. Nobody but { $to } can tie it to you, save the sponsor that issued its permit and nodes that hear it from yours first.
next-outcome = The outcome is recorded in the shared log without names, signed by you, and your firm writes down and countersigns nothing more in this deal. It is complete when { $to } has signed theirs.
next-work = { $to } is told what you wrote down and asked whether it was so. It counts once they have countersigned it; before that it binds nobody.
next-countersign = { $to } holds your signature that it was so, and it counts. If you decline, they are told that you contest it, without a reason, and it never counts.
next-other = What is shown here is told to { $to }, and nothing else.
next-own-consent = Your yes is kept here; nothing leaves. When the firm has released you as well, somebody is asked whether to publish a notice without names, and your node looks for what fits.
next-release = Your yes is kept here; nothing leaves. When { $person } has consented as well, somebody is asked whether to publish a notice without names, and your node looks for what fits.

decide-title = Your decision
decide-jump = To your decision, below
decide-password = Password of { $name }
decide-password-hint = It opens your signing key for this one decision. Pressing Enter decides nothing; use a button.
decide-decline = Decline: nothing leaves
decline-answer = Decline: nothing leaves; to them it looks like silence
decline-terms = Decline: nothing leaves; the deal stays where it is
decline-ask = Decline: nothing leaves; the deal stays where it is
decline-reply = Decline: nothing leaves; their questions stay open, and you can write another answer
decline-viable = Decline: none of this leaves, and the deal ends
decline-opt-in = Decline: none of this leaves, and the deal ends
decline-acknowledge = Decline: none of this leaves, and the deal ends
decline-sign = Decline: none of this leaves, and the deal ends
decline-start = Decline: nothing leaves; the deal stays where it is
decline-outcome = Decline: nothing leaves; the deal stays where it is
decline-work = Decline: nothing leaves, and nothing is written down
decline-countersign = Contest: tell { $to } that it was not so
decline-own-consent = Decline: your time is not offered
decline-release = Decline: { $person } is not offered
decide-end = If you decline, the other side is told only “no, thank you”.
why-title = If you decline, you may say why
why-hint = Never needed, and never told to the other side: to them one no looks like another.
why-ground = Coarsely, for everybody in the firm
why-none = no reason
why-note = In words, for owners, approvers and auditors
why-said = Declined because of: { $ground }
why-save = Keep this reason
ground-capacity = no hours, people or machine for it
ground-timing = not in these weeks
ground-price = what it would bring or cost
ground-scope = not the work that we do for others, or want done
ground-risk = too much would be told or could go wrong
ground-other = something else
decide-others = This is for somebody else to decide: { $roles }. Nothing leaves until then.
decide-nobody = Nobody in your register may decide this now ({ $roles }). Ask the owner to enrol somebody who may.
decide-agreed = { $name } has said yes. Two different people must, so one more yes is needed before anything leaves.
decide-closed = This question is closed.
decide-deal = Open the deal

approve-advertise = Approve: publish this notice, without our name
approve-interest = Approve: send { $count ->
    [one] this fact
   *[other] these { $count } facts
} to { $to }
approve-answer = Approve: send { $count ->
    [one] this fact
   *[other] these { $count } facts
} to { $to }
approve-ask = Approve: ask { $to } { $count ->
    [one] this question
   *[other] these { $count } questions
}
approve-reply = Approve: tell { $to } { $count ->
    [0] that we do not say
    [one] this answer
   *[other] these { $count } answers
}
approve-viable = Approve: tell { $to } that it can be done
approve-opt-in = Approve: exchange names with { $to }
approve-terms = Approve: send these terms to { $to }
approve-acknowledge = Confirm: tell { $to } that we have read these terms
approve-sign = Sign: these terms bind us to { $to }
approve-start = Approve: record the start with { $to }
approve-outcome = Sign the outcome: { $outcome }
approve-work = Approve: write this down and send it to { $to }
approve-countersign = Countersign: it was so
approve-other = Approve: tell { $to } what is shown here
approve-own-consent = Consent: our firm may offer my time for this
approve-release = Release: our firm may offer { $person } for this

stays-name = Your firm’s name
stays-site = Your exact place
stays-title = What you call it here
stays-limit = Your price limit
stays-note = Your note: why, for whom, what for
stays-exact-values = Exact hours, tolerance and size
stays-people = Your people
stays-other-items = Every other resource and need of yours

recipient-everybody = everybody on the network, without our name
recipient-callsign = callsign { $callsign }
roles-nobody = nobody
list-or = { $first } or { $last }

## Resources and needs

resources-lead = What stands idle here: machines, people’s hours, expertise, test equipment, space. Entered for your eyes; nothing is published before somebody decides.
resources-empty = Nothing entered yet. Enter what stands idle, such as a machine’s second shift; your node then compares it with the needs it hears.
needs-lead = What you lack, for a few weeks or hours. Entered for your eyes; nothing is published before somebody decides.
needs-empty = Nothing entered yet. Enter what you need; your node then compares it with the offers it hears.
item-add-resource = Enter a resource
item-add-need = Enter a need
item-untitled = untitled
item-published = notice published
item-waits = waiting for relays: nothing has left yet
item-held = waiting for a moment drawn by chance
item-leaving = notice leaving over relays
item-told-back = notice published: heard back from one neighbour
item-unpublished = no notice published
item-withdrawn = withdrawn
item-matches = { $count ->
    [0] No matches yet
    [one] 1 match
   *[other] { $count } matches
}
item-private = As you entered it
item-private-hint = Exact values, for your firm’s eyes. They leave only field by field, each time by a person’s decision.
item-public = What others can read
item-public-live = Everybody on the network reads this, without your name.
item-public-proposed = This is what everybody would read, without your name. Nothing is published yet.
item-callsign = Under the callsign
item-silent = Nobody can find you this way: nothing is published. Your node itself compares it with { $count ->
    [0] the notices it will hear; none from the other side is live now.
    [one] the 1 live notice it hears from the other side.
   *[other] the { $count } live notices it hears from the other side.
}
item-limit-set = set; your roles may not see it
item-note-set = written; your roles may not see it
item-confided = Entered
item-ask = Ask whether to publish this
item-ask-hint = Nothing leaves by asking: whoever may decide sees exactly what would, and can decline.
item-asked = Whether to publish this waits for a decision
item-withdraw = Withdraw
item-withdraw-hint = It matches nothing any more, and a published notice is taken back. Deals already under way go on.

loan-of = Whose time it is: { $name }
loan-who = Whose time it is
loan-hours = Hours, at most
loan-consent = Own consent
loan-release = Release by the firm
loan-given = given by { $name }
loan-asked = asked; it waits for an answer
loan-taken-back = taken back by { $name }
loan-operator = the operator of this node
loan-not-given = not given
loan-stands = Both let it be offered.
loan-ask = Ask for what is missing
loan-take-back = Take my consent back
loan-recall = Take the release back
loan-ends-notice = The notice is withdrawn.
loan-ends-deals = { $count ->
    [one] One deal ends that binds nobody yet; the other side hears only “no, thank you”, or nothing if nobody had answered.
   *[other] { $count } deals end that bind nobody yet; the other sides hear only “no, thank you”, or nothing if nobody had answered.
}
loan-ends-owed = { $count ->
    [one] One deal that both sides signed is owed still: talk to them, and end it by its outcome.
   *[other] { $count } deals that both sides signed are owed still: talk to them, and end them by their outcomes.
}
loan-ends-nothing = Nothing is published and no deal is open, so nothing ends; it is not offered any more.
loan-title = Who would be released, and for what
loan-own-title = What would be offered of you
loan-yes = What a yes means
loan-means = Your firm may publish a notice of this without names, and talk to firms that it fits.
loan-names = Nobody outside is told who it is by your node. Every step of a deal is a question of its own.
loan-back = The release can be taken back at any time on the page of this resource; what both sides of a deal have signed by then stays owed.
loan-nothing = It is worth nothing without the person’s own consent.
loan-own-means = Your firm may publish a notice of this without names, and talk to firms that it fits.
loan-own-names = Nobody outside is told your name by your node. It commits you to no work.
loan-own-back = You can take it back at any time on the page of this resource, and need give no reason; what both sides of a deal have signed by then stays owed.
loan-own-nothing = If you decline, nobody outside learns that you were asked.
confirm-title = You confirm, each by itself
confirm-availability = The person can be spared for these hours in these weeks.
confirm-scope = This work is within what the person may do for others.
confirm-duty = It touches no duty that the person has towards us.
confirm-competition = It is no competition to us.
not-lent-unnamed = This is not offered: it names nobody, and rule { $rule } of version { $version } of your policy wants the person whose time it is. Enter it again with that person.
not-lent-unnamed-default = This is not offered: it names nobody, and version { $version } of your policy wants the person whose time it is. Enter it again with that person.
not-lent-denied = This is not offered: rule { $rule } of version { $version } of your policy lets nobody release anybody for it. An owner can change the policy.
not-lent-denied-default = This is not offered: no rule of version { $version } of your policy says who may release somebody. An owner can change the policy.
not-lent-not-enrolled = { $person } is not in the register as an expert. Ask the owner to enrol that person with that role, or leave the name out.
not-lent-no-consent = This is not offered: { $person } has not consented, and nobody else can.
not-lent-not-released = This is not offered: the firm has not released { $person }.
mode-open = open notice
mode-coarse = coarse notice
mode-silent = silent

form-lead = Enter exact values. They stay here and are compared here; a notice only ever speaks in broad bands.
form-not-saved = Nothing was saved yet. Please look at:
form-what = What it is
form-title = What you call it
form-title-hint = For your own lists. Never leaves this firm.
form-materials-offer = All that you work in.
form-materials-need = All that the work requires.
form-credentials-offer = All that you hold.
form-credentials-need = All that the work requires.
form-exactly = How exact, how large
form-exactly-hint = Leave a field empty when it does not matter.
form-tolerance = Tolerance ±
form-tolerance-hint = For example 0.025
form-envelope-hint = Of the part, for example 630
form-operator = An operator comes with it
form-nobody = Nobody in particular
form-person-hint = Only for somebody’s time and skill. That person and the firm must let it be offered first; the name never leaves.
form-when-where = When and where
form-from = From
form-to = Until
form-weeks-hint = The whole week of this day counts.
form-hours-offer = Hours available in those weeks
form-hours-need = Hours needed in those weeks
form-site = Place
form-lat = Latitude
form-lat-hint = North is positive: 43.26
form-lon = Longitude
form-lon-hint = West is negative: −79.87
form-site-hint = Only an area of some 1,770 km² or larger around it can ever leave, never the point.
form-telling = What may be told
form-mode = How much a notice says
form-mode-hint = Whatever you choose, a notice is published only after somebody decides so.
form-mode-coarse = Coarse notice: a larger area, no text
form-mode-open = Open notice: the area and the sentence below
form-mode-silent = Silent: nothing is published; your node only listens, and you write first
form-value-hint = A band that you allow to be told.
form-experience-hint = At most two sentences that may be told to a firm that fits. No names, no places, no customers.
form-conflict-classes-hint = In whose interest you ask or offer, at most four; leave it open if you like. Some firms do not deal with certain lines of business and then are not shown this. Saying it lets fewer firms be the one behind it, and the count of firms you could be does not show that.
form-private = For this firm only
form-limit = Price limit
form-limit-offer = Least for an hour
form-limit-need = Most for an hour
form-limit-hint = Used for matching only. Never leaves; not every role sees it.
form-currency = Currency
form-note = Note
form-note-hint = Why, for whom, what for. Never leaves; here, owners and approvers read it.
form-save-resource = Save this resource, for our eyes
form-save-need = Save this need, for our eyes
form-cancel = Cancel

unit-mm = mm
unit-hours = h
unit-km = km
unit-percent = %
unit-degrees = °
currency-cad = Canadian dollars
currency-usd = US dollars

fault-empty = Write at least one character.
fault-too-long = This text is too long; shorten it.
fault-invisible = This text holds an invisible character; type it anew.
fault-choose = Choose one of the list.
fault-hours = Hours: enter a whole number from 1 to 10,000.
fault-weeks = Weeks: the last week must not lie before the first or in the past, and at most 53 weeks.
fault-tolerance = Tolerance: enter 0.001 to 10 mm, for example 0.025.
fault-envelope = Longest side: enter whole millimetres from 1 to 100,000.
fault-lat = Latitude: enter degrees from −90 to 90, for example 43.26.
fault-lon = Longitude: enter degrees from −180 to 180, for example −79.87.
fault-too-many = Choose at most 16 of each list.
fault-conflict-classes = Choose at most four lines of business, the nearest ones.
fault-person = Leave the person out: only what you offer names whose time it is.
fault-deputy-roles = Choose at least one role to hand over.
fault-last-day = The last day must not lie before the first.
fault-travel = Distance: enter whole kilometres.
fault-date = Enter a date, year-month-day.
fault-money = Amount: enter for example 220 or 220.50.
fault-line-hours = Quantity: enter for example 45 or 0.5 for hours, a whole number from 1 for anything else.
fault-no-line = Terms need at least one price line.

## Matches

matches-lead = What fits, compared on this computer. You see a reason for each requirement; the other side sees nothing until somebody here decides to write.
matches-empty = Nothing fits yet. Your node compares everything it hears with what you entered, and shows it here.
matches-all = Show matches of all items
match-fit =
    { $met } of { $all } requirements are met{ $open ->
        [0] .
        [one] ; one is to be asked.
       *[other] ; { $open } are to be asked.
    }
match-requirement = Requirement
match-distance = Distance
match-needed = Needed
match-offered = Offered
match-verdict = Verdict
match-they-say = All that their notice says
match-found = Found
match-question = Open the question: write to them or not?
match-contact = Ask whether to write to them
match-contact-hint = This sends nothing. It puts the question before the person who may decide.
match-conditions = What must be done first
match-missing = { $what } is missing.
match-rule = (Rule { $rule } of the knowledge pack { $pack }.)
match-shows-need = The side that needs the work shows: { $what }.
match-shows-offer = The side that offers it shows: { $what }.
match-questions = Still to ask
match-ask = { $what }: nobody has said whether “{ $needed }” is met.
match-ask-exactly = { $what }: “{ $needed }” may be met; ask for the exact figure.
match-free = Your timetable has { $hours } free in the weeks that both sides have. Bookings, shut windows, holidays and notice are taken off; the other side sees none of this.
match-still-true = Is your timetable still true? It counts as { $share } certain until somebody says so on the calendar page.
match-near = What stands in the way
match-score = How the score adds up: fit { $fit }, certainty { $certainty }
match-texts = Texts that are alike, or the work that stands for them
match-digest = { $count ->
    [one] 1 more fits, and nobody has been asked about it. At most { $most } questions a day are put for each item; ask about any other from here.
   *[other] { $count } more fit, and nobody has been asked about them. At most { $most } questions a day are put for each item; ask about any other from here.
}
near-days = It would match if the window moved { $days ->
    [one] 1 day
   *[other] { $days } days
}.
near-kilometres = It would match if { $km } km more were near enough.
near-offered = { $what }: it would match if { $offered } were enough.
band-strong = Strong: talk to them today
band-possible = Possible: worth a talk
band-ask = Ask first: something is open
band-conditional = Conditional: something must be done first
band-no = No match
unmet-title = Why nothing fits yet
unmet-none = Nothing of this kind has been heard yet.
unmet-compared = { $count ->
    [one] 1 notice of this kind was compared
   *[other] { $count } notices of this kind were compared
}
unmet-blocked = { $what }: { $count } of { $all } fail on it, { $alone } on it alone
unmet-value = Price: { $count } of { $all } cannot meet your limit, { $alone } for that alone
unmet-other = { $count } of { $all } are other work, or leave too much open
verdict-match = meets it
verdict-exceeds = exceeds it
verdict-partial = in part
verdict-conditional = on a condition
verdict-gap = not met
verdict-unknown = not said

## Deals

deals-lead = Each is one matter with one other firm, from the first message to the signed outcome.
deals-empty = No deals yet. One begins when somebody here decides to write to a firm that fits, or one of them writes to you.
deal-open = open
deal-stale = stale
deal-stale-since = Since { $day } this deal counts as stale: for two weeks neither side has said anything.
deal-stale-revives = It goes on as soon as a word of the other side arrives or somebody here acts.
deal-stale-lapses = If neither happens, it lapses on { $day }, and nothing more leaves.
deal-stale-binds = It binds both sides, so it does not lapse. Speak to the other side.
deal-stale-leave = End it here, without being bound
deal-completed = completed
deal-closed = ended
deal-now = Now
deal-since = Since
deal-lapses = Lapses
deal-completed-more = Both sides signed the outcome. Nothing remains to be done.
deal-heard = What they told you
deal-they-know = What they know about you now
deal-they-know-nothing = Nothing beyond your notice, if there is one.
deal-steps = Steps
who-us = Waits for somebody here: { $roles }
who-them = Waits for the other side; nothing to do here
who-both = Waits for both sides
who-network = On its way through the network; nothing to do
who-nobody = Over; nothing to do
step-now = now
step-done = done
step-ahead = ahead
step-ours = here
step-theirs = other side
closed-by-us = Ended here before anything bound you. The other side was told only “no, thank you”.
closed-by-them = The other side ended it. No reason is told, and none should be guessed.
closed-lapsed-here = Neither side said anything for four weeks, so it lapsed. Nothing more left.
closed-lapsed-there = Nothing was said for four weeks, so it lapsed on the other side.
closed-note = Your note:
counterpart-vouched = { $sponsor } vouches for this name.
counterpart-unvouched = No sponsor known here vouches for this name. Check it before you sign.
counterpart-was = Known before as
close-title = End this deal
close-reason = Reason, for this firm only
close-hint = The other side is told “no, thank you” and nothing else. What they already know stays known.
close-button = End it: nothing more leaves
outcome-ask = How did it end?
outcome-hint = Somebody who may sign then decides whether this leaves.
outcome-report = Report this outcome

terms-title = Terms
terms-version = Version { $number }
terms-days = work from { $first } to { $last }
terms-what = For what
terms-hours = Quantity
terms-hourly = Price
terms-unit = Of what
unit-hour = hours
unit-month = months
unit-week = weeks
unit-day = days
unit-piece = pieces
unit-whole = the whole
quantity-month = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
quantity-week = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
quantity-day = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
quantity-piece = { $count ->
    [one] { $count } piece
   *[other] { $count } pieces
}
quantity-whole = the whole × { $count }
terms-amount = Amount
terms-total = Total
terms-split = Of this, { $expert } are for the person who is lent and { $firm } for your firm ({ $because }). Nobody else is told.
terms-clauses = Clauses
terms-by-us = proposed here
terms-by-them = proposed by the other side
terms-read = read: { $who }
terms-signed = signed: { $who }
terms-propose = Propose terms
terms-counter = Propose other terms
terms-lead = A draft. It leaves only after the person who may decide has said so, and binds nobody until both sides have signed.
terms-frame = Form and days
terms-instrument = Form of engagement
terms-first = First day of the work
terms-last = Last day of the work
terms-lines = Prices
terms-line = Line { $number }
terms-more-lines = One more line
terms-clause = Clause { $number }
terms-clauses-hint = Who supplies what, who inspects, liability, reciprocity: a sentence or two each. Leave unused ones empty.
terms-more-clauses = One more clause
terms-submit = Put this draft to a decision
work-title = Work
work-lead = What was done under the signed terms. Time and things count once both sides have signed; nothing counts by silence.
work-not-yet = The work has not begun: both sides must first record the start.
work-open = What was done
work-unsettled = { $count ->
    [one] One entry is not countersigned and does not count.
   *[other] { $count } entries are not countersigned and do not count.
} Whoever signs the outcome can countersign nothing after it.
work-agreed = Agreed
work-written = Written down
work-countersigned = Countersigned
work-dockets = Written down by both sides
work-no-dockets = Nothing is written down yet.
work-table = Take it as a table (CSV)
work-day = Day
work-what = What
work-who = Written by
work-state = Counts?
work-session = { $hours } on “{ $what }”
work-handed-over = Handed over: { $count } × { $what }
work-received = Received: { $count } × { $what }
work-document = Document: { $what } (SHA-256 { $hash })
work-is-countersigned = yes, countersigned
work-is-contested = no, contested
work-to-countersign = Was it so? Read and decide
work-waits-them = not yet: the other side has said nothing
work-waits-us = not yet: nobody here may countersign; an owner can add a rule for this step
work-theirs = Written down by the other side
work-ours = What you write down
work-write-hours = Write down hours
work-write-thing = Something changes hands
work-write-document = A document that both sides hold
work-hours = Time
work-note = On what, in a few words (may be empty)
work-thing = What, and in which state
work-thing-hint = Blanks, samples, gauges, finished parts: so that both sides would know them again.
work-count = How many
work-from = Who gives it
work-from-us = We hand it over
work-from-them = We receive it
work-document-hint = A test report, a certificate of insurance, a witness’s record.
work-hash = SHA-256 of the file
work-hash-hint = 64 letters and digits, as “sha256sum FILE” prints them. Both sides then mean the same file, and it stays where it is.
work-submit = Put this to a decision
work-fault-hours = Time: enter for example 4 or 0.5.
work-fault-hash = This is no SHA-256: enter the 64 letters and digits that “sha256sum FILE” prints.
work-bad-line = The signed terms have no such line of hours; choose one of theirs.
work-bad-minutes = A session is from 1 minute to 24 hours; write longer work as one session for each day.
work-bad-beyond = Only { $left } are left on this line of the terms. Write at most that; what goes beyond needs terms of its own.
work-bad-count = Enter how many change hands, from 1.
work-bad-day = This day has not begun. Write work down when it was done.
work-bad-side = The side that does the work writes its hours down; countersign or contest what it wrote.
work-bad-many = As many entries are written down as one side of a deal may have. Go on by saying how the work ended.
done-both = both
done-here = here
done-there = other side
done-nobody = nobody yet

## The deal brief

brief-title = Deal brief
brief-open = Deal brief, to print
brief-lead = For whoever advises you: a lawyer, a bank, an insurer. What both firms agreed on, and what they had told each other before.
brief-not-yet = There is nothing to brief anybody about yet: no terms are on the table.
brief-draft = A draft: { $firm } has not signed these terms.
brief-binds = These terms bind the two firms that sign them and nobody else. The sponsor of the network is not a party to them. This page is not legal advice.
brief-offers = Does the work
brief-needs = Pays for it
brief-how = How it runs
brief-how-days = The work lies between { $first } and { $last }.
brief-how-hours = { $offers } writes down each session. It counts once { $needs } has countersigned it, and nothing counts by silence.
brief-how-things = What changes hands, and which documents both hold, is written down by either side and countersigned by the other.
brief-how-end = At the end each firm records how it went. Those records name nobody.
brief-prepare = What each side prepares
brief-prepare-offers = { $offers } keeps the agreed hours free and says who writes the sessions down.
brief-prepare-needs = { $needs } has ready what the terms say it supplies and says who countersigns.
brief-told = What { $firm } had told before
brief-open-questions = Left open when the two were matched
brief-nothing-open = Nothing that was required was left open.
brief-signatures = Signatures
brief-signed = { $firm }: signed by { $who } ({ $roles }), key { $key }
brief-signed-key = { $firm }: signed by a person whom it certified ({ $roles }), key { $key }
brief-unsigned = { $firm }: not signed
brief-hash = SHA-256 of these terms, which each signature covers: { $hash }

## Invoices

invoices-title = Invoices
invoices-lead = Your own papers for work under the signed terms. Nothing of them leaves through the network: print or download an invoice and send it yourself.
invoices-not-here = There is nothing to bill here: either the work has not begun on both sides, or your firm is the one that pays.
invoices-none = No invoice yet.
invoices-nothing-left = Nothing is left to bill. Time can be billed once the other side has countersigned it.
invoice-new = The next invoice
invoice-heading = Invoice { $number }
invoice-number = Number
invoice-number-hint = The next one of your books; each is used once.
invoice-issued = Date
invoice-due = Due
invoice-order = Their order number
invoice-order-hint = May be empty.
invoice-state = Standing
invoice-is-issued = issued
invoice-is-cancelled = cancelled: nothing is owed under it
invoice-sessions = Countersigned time
invoice-lot = “{ $what }”: how many to bill ({ $left } left, each at { $price })
invoice-taxes = Taxes
invoice-taxes-hint = On the sum of all lines. Rows may stay empty; which taxes you owe, this program does not know.
invoice-tax-name = Name, such as HST
invoice-tax-rate = Rate
invoice-tax-registration = Your registration number
invoice-submit = Issue this invoice
invoice-from = From
invoice-to = To
invoice-quantity = Quantity
invoice-price = Price
invoice-your-order = Your order number
invoice-registration = Our number for { $name }
invoice-net = Before taxes
invoice-tax = { $name }, { $rate }%
invoice-pay = To be paid
invoice-terms = For work under the terms no. { $number } that both firms signed. SHA-256 of those terms: { $hash }
invoice-download = Take it as UBL 2.1 (XML)
invoice-cancel = Cancel this invoice
invoice-cancel-hint = A cancelled invoice keeps its number, and what it billed can be billed again. If you have sent it already, your books need a credit note, which this program does not write.
invoice-fault-units = Enter a whole number, or nothing.
invoice-fault-rate = Enter a rate in percent, for example 13 or 9.975.
invoice-bad-nothing = Choose at least one session, or a number of units: an invoice bills something.
invoice-bad-number = The number { $number } was on an invoice before. Take the next one of your books.
invoice-bad-session = One of these sessions cannot be billed: it was billed meanwhile, or never countersigned. Look at the list again.
invoice-bad-units = Only { $left } of this can still be billed.
invoice-bad-days = An invoice is due on its date or later.
invoice-bad-taxes = Write at most three taxes with different names, each more than 0 and at most 100 percent.
invoice-bad-no-such = There is no such invoice, or it was cancelled already.

## The talk before names

talk-title = Questions and answers
talk-lead = Either side may ask before names are exchanged, and nobody has to answer. The deal does not wait for it.
talk-asked-ours = You asked
talk-asked-theirs = They asked
talk-open-theirs = They have not answered yet.
talk-open-ours = You have not answered yet.
talk-nothing-asked = Nobody has asked anything.
talk-unsaid-theirs = They do not say.
talk-unsaid-ours = We do not say.
talk-unknown = A question that no knowledge pack of this node has ({ $code })
talk-unknown-hint = You can only answer that you do not say. Ask the owner to add the pack that has it.
talk-ask = Ask them
talk-ask-lead = Choose up to { $most } questions. Nothing leaves before the right person has said so. { $left ->
    [one] You may ask once more in this deal.
   *[other] You may ask { $left } times more in this deal.
}
talk-ask-discloses = A question tells something too: what you need to know.
talk-ask-open = What the match leaves open
talk-ask-others = Other questions for this kind of work
talk-ask-nothing = No knowledge pack has a question for this.
talk-ask-button = Draft these questions
talk-no-more = You have asked as often as one deal allows.
talk-asking = Your questions wait for a decision.
talk-replying = The answer waits for a decision.
talk-reply = Write the answer
talk-reply-lead = What the node knows from this item stands here already. Whatever you leave empty is answered “we do not say”, never why. Nothing leaves before the right person has said so.
talk-reply-limits = Price limits, notes and other deals are never filled in, and should not be written here.
talk-reply-button = Draft this answer
talk-reply-nothing = we do not say
talk-reply-number = A whole number.
talk-reply-text = At most 240 characters, without names.
talk-says-nothing = They are told only that you do not say.
talk-more-choices = Nothing ticked is “we do not say”.

## Trust, people, status

trust-lead = What was begun and how it ended, signed by both sides. The shared log holds it without names; only you hold the names.
trust-standing = { $completed ->
    [one] 1 engagement completed
   *[other] { $completed } engagements completed
} with { $firms ->
    [one] 1 firm
   *[other] { $firms } firms
}, { $open } open.
trust-engagements = Your engagements
trust-empty = None yet. An engagement appears here once both sides have signed and its start is recorded.
trust-with = With
trust-week = Begun
trust-outcome = Outcome
trust-deal = Deal
trust-unnamed = a firm not named here
trust-log = The shared log
trust-log-text = All nodes hold the same entries. Two nodes with the same check number hold exactly the same.
trust-entries = Entries
trust-digest = Check number

audit-title = What left your firm
audit-lead = Every fact that left your computer, to whom, who decided it and by which rule. Print this page for your files.
audit-link = What left your firm, fact by fact
audit-search-title = Show only some
audit-search = Show these
audit-anybody = anybody
audit-left = Decisions that let something go
audit-count = { $shown } of { $all } facts, newest decision first.
audit-empty = Nothing. Each fact that a person lets go appears here with that decision.
audit-when = When
audit-to = To
audit-to-hint = A callsign or a firm’s whole legal name.
audit-everybody = everybody, in a notice
audit-fields = Facts
audit-by = Decided by
audit-rule = Rule
audit-from = From (day in UTC)
audit-until = Until (day in UTC)
audit-proof = A number to note
audit-proof-text = Each fact here is sealed to the one before it. Note this number on paper: whoever holds it sees later whether anything up to today was changed or left out.
audit-proof-how = “cosolvent audit export FILE” writes all of it, “cosolvent audit verify FILE --noted NUMBER” checks it against your note.

policy-title = Policy
policy-lead = What your firm allows, and on whose say. What no rule allows is not even asked. The most particular rule decides; of two alike, the stricter one. Limits of hours, avoided firms and lines of business all hold together.
policy-none = Your firm has no policy yet, so nothing is allowed. Run “cosolvent policy set” with a file of rules.
policy-version = Version { $version }, signed by { $name }. Check number: { $hash }
policy-unsigned = Version { $version }, from when your firm had no owner yet. Check number: { $hash }
policy-signed = Version { $version }, signed by an owner who has left since. Check number: { $hash }
policy-change = To change it, an owner writes the rules into a file and runs “cosolvent policy set”, which shows the difference first.
policy-rules = Rules
policy-rule = Rule
policy-for = Applies to
policy-everything = everything
policy-says = What it says
policy-any-step = Every step
policy-any-field = every fact
policy-ask = { $step }: { $roles } may decide.
policy-two = { $step }: two different people must say yes, each of them { $roles }.
policy-deny = { $step }: no.
policy-tell-exactly = { $step }: { $fields } as it is.
policy-tell-band = { $step }: { $fields } only in bands.
policy-tell-nothing = { $step }: { $fields } not told.
policy-publish = Notices are at most this loud: { $mode }.
policy-floor = Not below { $money } for an hour, on average.
policy-ceiling = Not above { $money } for an hour, on average.
policy-cap-week = At most { $hours } in a week, over all deals.
policy-cap-month = At most { $hours } in a month, over all deals.
policy-split = Whoever is lent gets { $percent } of every 100 of the price; the firm keeps the rest.
policy-exclude = With { $name }, no names are exchanged.
policy-avoid = Nothing is shown here of firms that say they stand for: { $classes }. They hear nothing.
policy-standing = First messages that fit are answered without asking anybody, at most { $weekly } in any seven days, until { $until }: { $fit }.
policy-standing-none = A person is asked about every first message.
policy-fit-strong = strong fits only
policy-fit-possible = strong and possible fits
policy-named = What is offered names the person whose time it is; that person consents, and the firm releases them.
policy-remind = { $step }: whoever may decide is reminded after { $days } days.
policy-remind-never = { $step }: nobody is reminded.
policy-escalate = { $step }: after { $days } days { $roles } may decide too.
policy-waits = While nobody decides
policy-person = Whose time it is
policy-hidden = Set. Owners and approvers can read it.
policy-avoid-hidden = Some lines of business are not dealt with. Owners and approvers can read which.
policy-never-said = Words that no text may name
policy-explain = What it says about each resource and need
policy-explain-lead = Who decides each step, and how each fact is told, each with the rule that says so.
policy-explain-item = What the policy says about “{ $title }”
policy-steps = Who decides
policy-step = Step
policy-who = Who
policy-who-two = two of { $roles }
policy-because = Because of
policy-by-rule = rule { $rule } of version { $version }
policy-by-default = no rule of version { $version } says otherwise
policy-told = How facts are told
policy-fact = Fact
policy-detail-exactly = as it is
policy-detail-band = in bands
policy-detail-nothing = not told
policy-unasked = Answered without asking
policy-unasked-given = Answered so in the last seven days: { $given }.
policy-unasked-unsigned = No owner of today has signed this version, so a person is asked.
policy-limits = Limits
policy-no-limits = No rule limits price, hours or lines of business here.
people-lead = Who may act for this firm. Each decides with a key that only their own password opens.
deputies-title = Deputies
deputies-lead = Who decides for whom while somebody is away. A deputy decides questions and nothing else; nobody consents for somebody else to being offered.
deputies-named = Named so far
deputies-none = Nobody has named a deputy. Whoever decides questions can name one below.
deputy-for = { $name } (for { $away })
deputy-who = Deputy
deputy-roles = With these roles
deputy-roles-hint = Some or all of your own; the deputy gets no more.
deputy-span = From, until
deputy-standing = Now
deputy-coming = not begun
deputy-in-force = decides
deputy-idle = counts for nothing: the roles or the person have changed
deputy-over = over
deputy-ended = ended early
deputy-end = End this now
deputy-name = Name a deputy while you are away
deputy-means = You can still decide yourself. Where two different people must say yes, you and your deputy count as one. You can end it at any time.
deputy-to = Who decides meanwhile
deputy-from = First day
deputy-until = Last day
deputy-until-hint = At most 92 days. What is shown on the last day and decided after it does not count.
deputy-save = Name this deputy, under my signature
people-name = Name
people-roles = Roles
people-until = Until
people-you = you
people-add = People are enrolled at the computer of the node with “cosolvent person add”; an owner vouches with their own password.
people-leave = Let go…
leave-title = Let { $name } go
leave-meaning = Nothing that this person decides counts from this moment on, here and with every firm you have a deal with. Questions that wait stay open for the others.
leave-for-good = It cannot be taken back. Whoever comes back is enrolled anew, under another short name and with a new key.
leave-last-owner = This is your only owner. Afterwards nobody can be enrolled until somebody replaces all keys with the recovery sheet: have it at hand first.
leave-not = Back, nothing changes

status-title = Status of this node
status-firm = Your firm
status-name = Name
status-firm-id = Permanent number
status-sponsors = Vouched for by
status-member = Member until
status-operating = This node may sign until
status-network = The network
status-kind = Kind
status-real = Real business
status-network-id = Network number
status-neighbours = Neighbours connected
status-alike = Neighbours that hold the same
status-apart = Neighbours that hold something else
status-complete = All there is
status-complete-yes = here, as at least two neighbours say
status-complete-not = not known yet
status-notices = Live notices, of everybody
status-sealed = Sealed messages, of everybody
status-log = Log entries, of everybody
status-held = This node has just joined, or was away. What it says first leaves at moments drawn by chance, so that your sponsor cannot tell from the hour whose it is. The last one leaves at:
status-moving = This node takes another identity towards other nodes, once those who must know it do. Leave it running and connected. Begun:
status-allowance = What you can still send this week
status-allowance-hint = Your sponsor allows each member the same number, so that nobody can flood the network.
status-for-notices = Notices
status-for-messages = Messages
status-for-log = Engagements
status-wait-used-up = This week’s allowance is used up for new notices or new contacts. The next one comes on Monday; your node does not ask for more before.
status-wait-unconfirmed = Your node waits until two neighbours show that the sponsor gives everybody the same key. That takes a minute or so after it first connects; nothing needs to be done.
status-wait-alone = Only one neighbour can be reached, so nobody else confirms the sponsor’s key. Your node takes it when it is two days old; connect to another sponsor’s node to be sooner and safer.
status-leaving = How notices and messages leave
status-way-founded = Directly from your node. This network was founded so: neighbours can see from which node a notice came first.
status-way-owner = Directly from your node, as your owner chose. Neighbours can see from which node a notice came first. “cosolvent publish relays” on the node’s computer hides that again.
status-way-waits = Waiting for relays: fewer than three other members’ nodes are known, so nothing leaves, and nothing leaves another way. Ask your sponsor whether at least four firms run their nodes; until then only the owner can choose to publish directly.
status-way-guard = Waiting for a first relay: none of those that your owner named is there, so nothing new leaves, and nothing leaves another way. The owner sees to those nodes, or names others with “cosolvent publish relays”.
status-way-relays = Over three other members’ nodes, so that no neighbour sees where they come from. In a real market that takes about a quarter of an hour.
status-way-in-vain = Over three other members’ nodes, but one of your notices came through on none of three ways. Your node goes on trying. If this is still said tomorrow, withdraw the notice and enter it again, or have the owner name a first relay with “cosolvent publish relays”.
status-relays = Other members’ nodes that can carry
status-on-the-way = On their way, not heard back yet
status-told-back = Heard back from one neighbour
status-serves = Your node carries for others
status-bytes = Sent for this each day, in megabytes
status-wait-unreached = Your sponsor’s node cannot be reached. Your node asks for this week’s allowance as soon as it can; check this computer’s connection if that lasts.
status-wait-unanswered = Your node has asked for this week’s allowance and waits for the sponsor’s answer, usually a few seconds.
status-wait-distrusted = Your sponsor told two different keys for one week, so nobody accepts what it vouches for from that week on. Ask another sponsor to admit you.
status-packs = Knowledge packs
status-packs-hint = What your node knows of the trades: words in both languages, and rules that open another way to comply. Nothing of it leaves. The owner adds a pack at the node’s computer with “cosolvent pack add”, and takes it out again with “cosolvent pack remove”.
status-pack = { $id }, version { $version }
status-pack-built-in = built in
status-pack-added = Added
status-pack-sum = Check number
status-pack-fault = Out of force: { $why }
status-none = none yet

## Values

yes = yes
no = no
not-said = not said
bytes = { $count ->
    [one] 1 byte
   *[other] { $shown } bytes
}
percent = { $percent }%
money-cad = ${ $amount } CAD
money-usd = ${ $amount } USD
value-hours = { $hours } h
value-minutes = { $minutes } min
value-hours-minutes = { $hours } h { $minutes } min
value-tolerance = ±{ $mm } mm
value-envelope = { $mm } mm
value-km = { $km } km
value-up-to-km = up to { $km } km
value-hourly = { $amount } per hour
value-distance = { $km } km, give or take { $around } km
area-around = around { $lat }, { $lon }, within { $km } km
area-whole = the whole market
degrees-north = { $degrees }° N
degrees-south = { $degrees }° S
degrees-east = { $degrees }° E
degrees-west = { $degrees }° W
date-day = { $day } { $month } { $year }
date-week = week of { $day }
date-weeks = { $from } to { $to } ({ $count ->
    [one] 1 week
   *[other] { $count } weeks
})
date-moment = { $weekday } { $day } { $month }, { $hour }:{ $minute } { $zone }
date-short = { $weekday } { $day } { $month }, { $hour }:{ $minute }
time-now = now
time-in-minutes = { $count ->
    [one] in 1 minute
   *[other] in { $count } minutes
}
time-in-hours = { $count ->
    [one] in 1 hour
   *[other] in { $count } hours
}
time-in-days = { $count ->
    [one] in 1 day
   *[other] in { $count } days
}
time-ago-minutes = { $count ->
    [one] 1 minute ago
   *[other] { $count } minutes ago
}
time-ago-hours = { $count ->
    [one] 1 hour ago
   *[other] { $count } hours ago
}
time-ago-days = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun

## Refusals by the firm

refusal-not-founded = This node is not set up yet. Run “cosolvent init” first.
refusal-already-founded = This node already belongs to a firm. Use another data directory for another firm.
refusal-bad-inception = The firm’s founding record is not signed by its own root key. Run “cosolvent init” again.
refusal-not-joined = This node has not joined a network yet. Run “cosolvent init” with a sponsor’s invitation.
refusal-bad-welcome = The sponsor’s answer does not fit this firm and network. Ask the sponsor for a new invitation.
refusal-no-such-item = There is no such resource or need. It may have been withdrawn.
refusal-no-such-match = This notice is gone or does not fit any more.
refusal-no-such-deal = There is no such deal.
refusal-no-such-approval = This question is no longer open.
refusal-no-such-person = This person is not enrolled in the firm.
refusal-key-taken = This key already belongs to another person of the firm.
refusal-needs-vouch = Somebody must vouch for this entry with their own password, so nobody was entered. Ask your { $roles }.
refusal-other-vouch = The signature is for another entry, or the register has changed since. Nobody was entered; try again.
refusal-key-revoked = This key was revoked and is never entered again. Enter the person with a new key.
refusal-operating-key-over = This node may not sign for your firm today. Have whoever keeps the recovery sheet run “cosolvent keys renew” on the node’s computer; if “cosolvent keys show” warns of an old copy there, it is “cosolvent keys rotate”.
refusal-other-operating-key = Nothing changed: this change names a key that this node does not have. Have whoever keeps the recovery sheet run “cosolvent keys renew” or “cosolvent keys rotate” on the node’s own computer.
refusal-bad-key-events = Nothing changed: this change does not follow from your firm’s keys as they are now. Have whoever keeps the recovery sheet check it with “cosolvent keys sheet FILE --check” on the node’s computer, and give the command again.
refusal-own-keys-forked = Somebody else has used the same key of this firm for another change, and whoever sees both believes neither. Tell your counterparts and your sponsor.
refusal-not-yours = Your roles do not let you { $what }, so nothing was done. Ask your { $roles }.
refusal-operator = Nobody may { $what } from a page; it is done at the computer of the node with “cosolvent”.
refusal-not-allowed = “{ $step }” is refused because of rule { $rule } of version { $version } of your firm’s policy. An owner can change the policy.
refusal-not-allowed-default = “{ $step }” is refused because no rule of version { $version } of your firm’s policy allows it. An owner can change the policy.
refusal-not-told = “{ $field }” may not be told at “{ $step }” because of rule { $rule } of version { $version } of your firm’s policy. An owner can change the policy.
refusal-not-told-default = “{ $field }” may not be told at “{ $step }” because no rule of version { $version } of your firm’s policy allows it. An owner can change the policy.
refusal-price = The price for an hour is outside what rule { $rule } of version { $version } of your firm’s policy allows. Propose other terms, or an owner can change the policy.
refusal-price-default = The price for an hour is outside what version { $version } of your firm’s policy allows. Propose other terms, or an owner can change the policy.
refusal-cap-week = Rule { $rule } of version { $version } of your firm’s policy allows at most { $hours } in a week, and the week of { $first } is full. The next week with room begins on { $next }.
refusal-cap-week-never = Rule { $rule } of version { $version } of your firm’s policy allows at most { $hours } in a week, and the week of { $first } is full. No week within a year has room for so many: ask for fewer.
refusal-cap-month = Rule { $rule } of version { $version } of your firm’s policy allows at most { $hours } in a month, and the month of { $first } is full. The next month with room begins on { $next }.
refusal-cap-month-never = Rule { $rule } of version { $version } of your firm’s policy allows at most { $hours } in a month, and the month of { $first } is full. No month within a year has room for so many: ask for fewer.
refusal-hours-uncounted = Rule { $rule } of version { $version } of your firm’s policy caps these hours, and without a timetable nobody counts them. Enter one first, from the resource’s page.
refusal-hours-uncounted-default = Version { $version } of your firm’s policy caps these hours, and without a timetable nobody counts them. Enter one first, from the resource’s page.
refusal-one-person = You have said yes already, and two different people must. Nothing has left: ask another of those who may decide.
refusal-names-nobody = This names nobody, so there is no consent and no release to give or to take back.
refusal-not-declined = Only whoever declined a question says why. Nothing was changed.
refusal-other-deputy = Somebody was named since you saw the list, or the signature is for another deputy. Nothing was changed: try again.
refusal-own-deputy = Nobody is their own deputy. Name somebody else.
refusal-deputy-span = Write days that end after they begin, lie ahead, and are at most 92. Nothing was changed.
refusal-deputy-reach = A deputy gets some or all of your own roles and no more. Yours are: { $roles }.
refusal-no-such-deputy = There is no such deputy.
refusal-not-your-deputy = Only { $person }, the deputy or an owner ends this. Nothing was changed.
refusal-deputy-over = You may not decide this any more, because your time as a deputy is over. Nothing was decided: tell whoever named you.
refusal-as-it-is = There is nothing to change: it is as you want it already.
refusal-own-consent = Only { $person } can consent to this or take the consent back. Nothing was done.
refusal-own-release = Nobody releases themselves on the firm’s behalf. Ask another of those who may decide, or an owner.
refusal-unconfirmed = Nothing was decided, because one point is not ticked. { $what } Tick each that is true, or decline.
refusal-policy = Rule { $rule } of that policy does not hold together, so nothing was changed. “cosolvent policy set” says which field to correct and how.
refusal-needs-owners-word = A policy comes into force under an owner’s signature, so nothing was changed. Run “cosolvent policy set FILE --as OWNER”.
refusal-other-policy = The policy has changed since you saw it, so nothing was changed now. Look at it again and repeat the change.
refusal-not-now = The deal is not at a point where “{ $step }” is possible. Its page says who must act.
refusal-terms-count = Terms have 1 to 12 price lines and at most 12 clauses.
refusal-talk-count = Ask from 1 to { $most } different questions at once. Nothing was asked.
refusal-talk-again = “{ $question }” was asked in this deal already, and each question is asked once. Leave it out.
refusal-talk-open = The other side has not answered what you asked last. Ask again when it has.
refusal-talk-exhausted = Your firm has asked { $most } times, and more is not read in one deal. Say whether it can be done, or end the deal.
refusal-talk-not-now = Questions are for the time between the first answer and your own consent to exchange names.
refusal-talk-unknown = No knowledge pack of this node has question { $question }. It can only be answered with “we do not say”; ask the owner to add the pack that has it.
refusal-talk-nothing-asked = The other side asks nothing that could be answered now.
refusal-talk-not-asked = The other side does not ask “{ $question }”. Answer what stands on the deal’s page.
refusal-talk-shape = “{ $question }” wants an answer of another kind. Choose or write one as the form asks for it, or leave it out.
refusal-terms-sum = The total is not the sum of the lines, or the lines are in different currencies.
refusal-terms-days = The last day of the work lies before the first.
refusal-lapsed = The question has lapsed and nothing was sent. Ask again if it still matters.
refusal-not-entitled = You may not decide this. The page names the roles that may.
refusal-signature = The decision was not signed by your key. Sign in again and repeat it.
refusal-no-pass = Your allowance for this week is used up for the moment; the node asks the sponsor for more. Decide again in a minute; nothing was lost.
refusal-too-many-guards = At most eight first relays can be named. Nothing was changed.
refusal-used-up = This week’s allowance is used up, or what is left is kept for deals that have begun. The next one comes on Monday; nothing was lost.
refusal-too-long = What would leave is too long for one message. Shorten the texts.
may-others = To { $what }, ask your { $roles }.
refusal-already-signed = Both sides have signed. End the engagement by its outcome instead.

## What can be asked for, after “to”

asking-set-up = set up this node
asking-govern = change the policy
asking-know = add or remove knowledge packs
asking-enrol = enrol people or revoke their keys
asking-enrol-owner = enrol an owner or revoke an owner’s key
asking-enter = enter resources and needs
asking-withdraw = withdraw this
asking-contact = ask whether to write to them
asking-talk = draft questions and answers
asking-propose = propose terms
asking-book = hold or move hours
asking-report = report how it ended
asking-write-down = write down what was done
asking-bill = issue or cancel invoices
asking-close = end the deal
asking-explain = say why a question was declined
asking-deputise = name a deputy
asking-take-back = take the consent back
asking-recall = take the release back

## Fields that can be told

field-class = Kind
field-process = Process or skill
field-area = Area
field-weeks = Weeks
field-hours = Hours
field-materials = Materials
field-tolerance = Tolerance
field-envelope = Longest side
field-credentials = Credentials
field-operator = Operator
field-presence = Where the work is done
field-languages = Languages
field-value = Worth
field-experience = In a sentence or two
field-firm-id = Permanent number
field-legal-name = Legal name
field-membership = Membership
field-street = Street address
field-mail = Mail address
field-phone = Telephone
field-contact = Contact person
field-carrier = Direct line
field-terms = Terms
field-consent = Consent
field-outcome = Outcome
field-docket = What was done
field-travel = Distance you would drive
field-conflict-classes = Line of business
field-questions = Questions that you ask
field-answers = Other answers

## Steps

step-confide = Entered
step-own-consent = Own consent
step-release = Release by the firm
step-advertise = Notice
step-match = Match
step-notice = Person told
step-interest = First message
step-answer = Answer
step-talk = Questions
step-viable = Can it be done
step-opt-in = Consent to exchange names
step-reveal = Exchange of names
step-terms = Terms
step-acknowledge = Terms read
step-sign = Signature
step-start = Start
step-work = Work
step-outcome = Outcome

## Vocabularies

side-offer = your resource
side-need = your need

class-machine = Machine
class-machine-with-operator = Machine with operator
class-person-hours = A person’s hours
class-expertise = Expertise
class-training = Training
class-laboratory = Laboratory or test
class-space = Space
class-used-equipment = Used equipment
class-credential-coverage = Cover by a credential
class-material = Material
class-logistics = Logistics

process-machining-milling-five-axis = Five-axis milling
process-machining-milling-three-axis = Three-axis milling
process-machining-turning = Turning
process-machining-grinding = Grinding
process-machining-edm-wire = Wire EDM
process-machining-boring = Boring
process-cutting-laser = Laser cutting
process-forming-stamping = Stamping
process-forming-sheet-bending = Sheet bending
process-joining-welding = Welding
process-casting = Casting
process-plastics-injection = Injection moulding
process-thermal-heat-treatment = Heat treatment
process-finishing-plating = Plating
process-laboratory-dimensional = Dimensional inspection
process-laboratory-mechanical-tensile = Tensile test
process-laboratory-non-destructive = Non-destructive test
process-expertise-machining-troubleshooting = Machining troubleshooting
process-expertise-quality-systems = Quality systems
process-expertise-controls-plc = PLC programming
process-expertise-metrology-programming = CMM programming
process-expertise-ot-security = Plant network security
process-assembly = Assembly
process-space-floor = Floor space

material-titanium = titanium
material-nickel-alloy = nickel alloy
material-aluminium = aluminum
material-stainless-steel = stainless steel
material-carbon-steel = carbon steel
material-tool-steel = tool steel
material-cast-iron = cast iron
material-copper-alloy = copper alloy
material-polymer = polymer
material-composite = composite

credential-as9100d = AS9100D
credential-iso-13485 = ISO 13485
credential-iso-9001 = ISO 9001
credential-iatf-16949 = IATF 16949
credential-iso-iec-17025 = ISO/IEC 17025
credential-cwb = CWB
credential-iatf-16949-lead-auditor = IATF 16949 lead auditor
credential-iec-62443 = IEC 62443

language-en = English
language-fr = French
language-es = Spanish

conflict-class-automotive-maker = carmaker
conflict-class-automotive-supplier = automotive supplier
conflict-class-aerospace-defence = aerospace and defence
conflict-class-rail-marine = rail and marine
conflict-class-medical-devices = medical devices
conflict-class-energy = energy
conflict-class-mining = mining
conflict-class-food = food and drink
conflict-class-agriculture-equipment = farm equipment
conflict-class-construction = construction
conflict-class-electronics = electronics
conflict-class-plastics = plastics
conflict-class-contract-manufacturing = contract manufacturing
conflict-class-tooling = tools, dies and moulds
conflict-class-robotics-automation = robotics and automation
conflict-class-education-research = education and research
conflict-class-public-sector = public sector
conflict-class-consultancy = consultancy

measure-force-kn = force, kN
measure-mass-kg = weight, kg
measure-length-mm = length, mm
measure-depth-mm = depth, mm
measure-thickness-mm = thickness, mm
measure-temperature-c = temperature, °C
measure-area-sqft = area, sq ft
measure-clear-height-ft = clear height, ft
measure-crane-t = crane, t
measure-shot-g = shot, g
measure-pallet-positions = pallet positions
measure-power-hp = power, hp
measure-pressure-psi = pressure, psi
measure-cleanroom-class = cleanroom class, ISO 14644
measure-other = capacity
presence-on-site = on site
presence-remote = remote
presence-either = on site or remote

tolerance-5um = ±0.005 mm or finer
tolerance-10um = ±0.01 mm
tolerance-25um = ±0.025 mm
tolerance-50um = ±0.05 mm
tolerance-100um = ±0.1 mm
tolerance-250um = ±0.25 mm
tolerance-coarser = wider than ±0.25 mm

envelope-100mm = up to 100 mm
envelope-250mm = up to 250 mm
envelope-500mm = up to 500 mm
envelope-1000mm = up to 1,000 mm
envelope-2000mm = up to 2,000 mm
envelope-larger = over 2,000 mm

hours-up-to-4h = up to 4 h
hours-5-to-8h = 5 to 8 h
hours-9-to-16h = 9 to 16 h
hours-17-to-40h = 17 to 40 h
hours-41-to-80h = 41 to 80 h
hours-81-to-160h = 81 to 160 h
hours-over-160h = over 160 h

travel-25km = up to 25 km
travel-50km = up to 50 km
travel-100km = up to 100 km
travel-250km = up to 250 km
travel-500km = up to 500 km
travel-anywhere = any distance

value-up-to-2k-cad = up to $2,000 CAD
value-2k-to-5k-cad = $2,000 to $5,000 CAD
value-5k-to-10k-cad = $5,000 to $10,000 CAD
value-10k-to-25k-cad = $10,000 to $25,000 CAD
value-25k-to-100k-cad = $25,000 to $100,000 CAD
value-over-100k-cad = over $100,000 CAD

role-owner = owner
role-planner = planner
role-approver = approver
role-signer = signer
role-expert = expert
role-executor = executor
role-security = security officer
role-auditor = auditor

instrument-capacity-rental = Rental of capacity
instrument-spot-job = Single job
instrument-consultation = Consultation
instrument-laboratory-test = Laboratory test
instrument-fractional-guidance = Guidance by the hour
instrument-equipment-sale = Sale of equipment
instrument-space-licence = Licence of space
instrument-material-lot = Lot of material
instrument-reciprocity-preference = Preference for each other

outcome-completed = completed
outcome-completed-late = completed late
outcome-ended-early = ended early
outcome-not-started = not started

# --- How many firms it could be ---
crowd-title = Could anybody tell that it is you?
crowd-many = This could be any of { $count } firms.
crowd-few = This could be any of { $count } firms only. Below 10, think about saying less.
crowd-below = This could be any of fewer than 5 firms: whoever knows the region may know that it is you. Only an owner may let it out.
crowd-basis = Reckoned from what your sponsor counted in the region, from the members who can speak this week, and from the notices that your node hears. Weeks, hours, place of work, languages, line of business and text are not counted; a line of business narrows it most.
crowd-singles = What singles you out most: { $field }.
crowd-gains = What leaving one thing out would come to
crowd-least = Leave out at least: { $what }. Then it could be { $firms }.
crowd-again = Ask again with less; nothing leaves yet
crowd-firms = any of { $count } firms
crowd-firms-below = fewer than 5 firms
crowd-step-text = the text
crowd-step-wider-area = the exact area (say the larger one)
crowd-step-area = the area (say the whole market)
crowd-step-envelope = the size
crowd-step-wider-tolerance = one step of tolerance (say the wider one)
crowd-step-tolerance = the tolerance
crowd-step-one = { $what }
tells-title = Words that may give you away
tells-warning = A reader may recognise your firm, or somebody else’s, by these words. They leave with the text if you approve.
tells-own-name = your firm’s name
tells-person = somebody of your firm
tells-street = your street
tells-never-said = a word that your firm never says
tells-mail = a mail address
tells-link = a web address
tells-phone = a telephone number
tells-name-part = part of a name of your firm
tells-place = a place
tells-part-number = a part number
tells-order-number = an order number
refusal-tells = “{ $words }” gives you away ({ $kind }). Take it out of the text; names are told when both sides exchange them.
refusal-stands-out = By now this could be any of fewer than 5 firms. Nothing left; have it asked again, so that the owner can decide.
refusal-silent = This is silent, so nothing is published. Enter it again as a coarse or open notice.
item-mute = Nobody can find you this way yet: this notice is not published. Your node itself compares it with { $count ->
    [0] the notices it will hear; none from the other side is live now.
    [one] the 1 live notice it hears from the other side.
   *[other] the { $count } live notices it hears from the other side.
}

## Calendar

calendar-title = Calendar
calendar-link = Hours: installed, offered, engaged
calendar-lead = Week by week, the hours in which a resource could run (installed), is offered, and is engaged. None of this leaves; a notice says only weeks and a range of hours.
calendar-empty = No resource has a timetable yet. Open a resource and choose “Timetable”; once a window is entered, its weeks stand here.
calendar-week = Week of
calendar-installed = Installed
calendar-offered = Offered
calendar-held = Held
calendar-engaged = Engaged
calendar-weeks = Weeks of { $title }
calendar-still-true = Still true? Nobody has confirmed this timetable since { $when }. It now counts for { $share }; after six weeks nothing is held by itself any more.
calendar-confirm = Yes, it is still true
calendar-advertise = Ask to publish its notice by this timetable
calendar-advertise-hint = This sends nothing. It asks the person who may decide whether to publish the weeks in which it is free and a band of hours; the timetable itself never leaves.
calendar-confirmed = Last confirmed { $when }.
calendar-bookings = Who has hours
calendar-until = held until { $when }, then free again
calendar-committed = committed; free again when the deal ends
calendar-not-offered = { $hours } of it the timetable does not offer any more
calendar-oddity-never = On { $day } at { $time } the clocks jump: this time never comes, and the window counts from an hour later.
calendar-oddity-twice = On { $day } at { $time } the clocks go back: this time comes twice, and the first counts.
refusal-no-timetable = This has no timetable. Enter one first, from its page.
refusal-timetable-changed = Somebody has changed the timetable since you saw it. Nothing was changed: look again and repeat what is still needed.
refusal-timetable-stale = Nobody has said for six weeks that the timetable is still true. Confirm it first, on the calendar page.
refusal-nothing-free = Nothing of it is free in its weeks. Add windows to its timetable, or let held hours go.
refusal-no-hold = No hours are held for this deal.
refusal-hours-committed = These hours are committed. They are free again when the deal ends.
refusal-pack = The knowledge packs were not changed. { $why }
refusal-hours-taken = Some of these hours are held or committed already. Choose free ones, or release the other booking first.
refusal-hours-not-offered = Some of these hours are not offered. Choose hours of the timetable, or add a window first.
refusal-hours-notice = These hours begin before the notice that this resource needs is over. Choose later ones.
refusal-hours-count = Choose at least one span of hours.
refusal-hours-batch = That is fewer or more hours than one booking of this resource has. Choose others, or change the timetable.
refusal-hours-too-few = Only { $free } of { $wanted } are free between these days. Nothing left: propose other days or fewer hours, or free some.

## Timetable of one item

timetable-title = Timetable of { $title }
timetable-link = Timetable: enter hours
timetable-lead = When this is offered and when not. None of this leaves your firm; a notice says only weeks and a range of hours.
timetable-windows = Windows
timetable-none = No windows yet. Once one is added below, hours are counted, held and engaged by this timetable.
timetable-outlook = Six weeks, day by day
timetable-before = Look before you save
timetable-before-lead = Nothing is saved yet. This is what your change would do.
timetable-lost = Deals have { $hours } that would not be offered any more. They keep them; nothing is cancelled.
window-add = Add a window
window-kind = What it is
window-open = offered
window-shut = not offered
window-shut-why = not offered (maintenance, own work)
window-days = Days of the week
window-starts = From
window-starts-hint = For example 15:00.
window-ends = To
window-ends-hint = For example 23:00. An earlier time is on the next day; 24:00 ends the day.
window-first = First day
window-last = Last day
window-except = Days left out
window-except-hint = Days on which it does not begin, as 2027-03-26, with commas between. May stay empty.
window-zone = Time zone
window-zone-hint = On whose wall these times are, for example America/Toronto.
window-look = Show the six weeks first
window-look-hint = This saves nothing yet.
window-save = Save this window
window-change = Change something
window-remove = Take out …
window-take-out = Take this window out
window-number = No.
window-numbered = { $number }
window-times = Times
window-span = First to last day
window-times-over = { $count ->
    [one] once
   *[other] { $count } times
}
window-hours = { $from }–{ $to }
window-overnight = { $from }–{ $to } on the next day
window-long = { $from }–{ $to }, { $days } days later
window-from-to = { $from } to { $to }
window-oddity-hint = If that is not meant, choose other times or leave that day out.
outlook-zone = Times in { $zone }
outlook-comes = new
outlook-goes = goes
clock = { $hour }:{ $minute }
clock-midnight = 24:00
fault-clock = Enter a time of day, for example 15:00.
fault-window-days = Choose at least one day of the week.
fault-window-no-length = This would last no time at all. Enter another end; 00:00 to 24:00 is a whole day.
fault-window-no-day = None of the chosen days lies between the first and the last day. Choose other days, or a later last day.
fault-window-endless = Without a last day this would never end. Enter one; six weeks would be until { $day }.
fault-window-over = These days are over. Enter a last day from { $day } on.
fault-window-dates = “{ $word }” is not a date. Write days as 2027-03-26, with commas between.
fault-zone = “{ $name }” is not the name of a time zone. Write it like { $meant }.
fault-window-overlap = Offered window { $number } has hours on { $on } already. Let one of both end earlier, or leave that day out.
fault-window-jumped = Clocks jump over all of it. Choose other times.
fault-windows-too-many = A timetable has at most { $most } windows. Take out those that are over.
fault-notice-or-batch = Notice, or the least and most hours of one booking, cannot be as entered. Correct them with “cosolvent calendar limit”.
fault-window-length = It must end after it begins, and before it begins again. Enter another end.
fault-window-year = Enter a year from { $first } to { $last }.
fault-window-not-one-of = It does not begin on { $day } anyway. Take that day out of the list.
fault-window-too-often = A window comes at most { $most } times. Enter an earlier last day.
fault-window-too-far = A window goes on for at most { $years } years. Enter a last day up to { $day }.
fault-window-nothing = Every one of its days is left out. Take some out of the list.
refusal-site = Zone, shifts or holidays of the firm cannot be as entered. Nothing was changed: the command line names the reason.

## Terms: topics and answers

topic-intellectual-property = Who owns what comes of the work
topic-confidentiality = For how long what is learned stays secret
topic-hint-confidentiality = Counted from the last day of the work.
topic-cross-client-secrecy = Secrecy between clients
topic-hint-cross-client-secrecy = Kept: nothing learned here is told to another client or used for one, and nothing of theirs is brought here.
topic-liability-cap = Most that one side can owe the other for damage
topic-insurance = Evidence of insurance
topic-hint-insurance = Or write where it is: insurer, number, expiry.
topic-scrap = Who bears the cost of scrap
topic-customer-material = Who bears the loss of material that the needing side owns
topic-supplies-material = Who supplies the material
topic-supplies-tooling = Who supplies tools and fixtures
topic-supplies-programs = Who makes the programs
topic-operator = Who brings the operator
topic-quality = What quality is asked for
topic-in-process-inspection = Who inspects during the work
topic-final-inspection = Who inspects at the end
topic-inspection-scope = What is inspected
topic-non-compete = What neither side solicits
topic-hint-non-compete = Customers or staff of the other side.
topic-non-compete-months = For how long nothing is solicited
topic-taxes = Taxes
topic-governing-law = Which law governs
topic-record-language = Language of record
topic-hint-record-language = Where two versions differ, this one counts.
topic-payment-days = When it is paid
topic-hint-payment-days = Days after the invoice.
topic-payment-method = How it is paid
topic-mediator = Who mediates a dispute
topic-move-notice = Notice to move a time
topic-cancel-notice = Notice to cancel
topic-reciprocity = Who looks to the other first next time
topic-hint-reciprocity = A preference: it binds nobody.
topic-weekly-hours = Most hours in a week
topic-report = What report is given
topic-samples = What becomes of the samples
topic-condition = In what condition it is sold
topic-material-certificate = Certificate of the material
topic-title = When ownership passes
topic-transport = Who arranges transport
topic-delivery-day = Day of delivery
topic-access = When there is access
topic-deposit = Deposit
choice-offering-side = the offering side
choice-needing-side = the needing side
choice-both-sides = both sides
choice-third-party = somebody else
choice-none = none
choice-unlimited = without limit
choice-price = the price
choice-twice-price = twice the price
choice-kept = kept
choice-shown = shown already
choice-before-start = shown before work starts
choice-drawing = as the drawing says
choice-iso-9001 = under ISO 9001
choice-as9100 = under AS9100
choice-iso-13485 = under ISO 13485
choice-iatf-16949 = under IATF 16949
choice-iso-17025 = under ISO/IEC 17025
choice-every-piece = every piece
choice-sample = a sample
choice-first-piece = the first piece
choice-customers = customers
choice-staff = staff
choice-customers-and-staff = customers and staff
choice-added = added to the price
choice-included = within the price
choice-exempt = none are due
choice-transfer = by transfer
choice-cheque = by cheque
choice-card = by card
choice-in-advance = in advance
choice-english = English
choice-french = French
choice-signed = a signed report
choice-countersigned = a report with two signatures
choice-accredited = an accredited report
choice-returned = returned
choice-retained = kept by the offering side
choice-destroyed = destroyed
choice-as-is = as it stands
choice-tested = tested
choice-warranted = with a warranty
choice-mill-certificate = a mill certificate
choice-on-delivery = on delivery
choice-on-payment = on payment
choice-working-hours = in working hours
choice-any-time = at any time
choice-escorted = with an escort
choice-alberta = Alberta
choice-british-columbia = British Columbia
choice-manitoba = Manitoba
choice-new-brunswick = New Brunswick
choice-newfoundland-and-labrador = Newfoundland and Labrador
choice-nova-scotia = Nova Scotia
choice-ontario = Ontario
choice-prince-edward-island = Prince Edward Island
choice-quebec = Québec
choice-saskatchewan = Saskatchewan
choice-northwest-territories = Northwest Territories
choice-nunavut = Nunavut
choice-yukon = Yukon

terms-provisions = What else holds
terms-required = What must be said
terms-required-hint = Nobody here signs while one of these is missing or withheld. What is filled in is a proposal; change it.
terms-we-offer = You are the offering side.
terms-we-need = You are the needing side.
terms-optional = What else may be said
terms-optional-hint = Leave out what you do not want to settle.
terms-further = Everything else that terms can settle
terms-must = required
terms-asked-by = asked for by the pack { $pack }
terms-show = Show what this form asks for
terms-unsaid = not said
terms-own = something else, written below
terms-own-empty = your own answer
terms-own-label = { $topic }: your own answer
terms-withheld = not said yet, kept open
terms-conditions = Conditions of the match
terms-conditions-hint = The match holds only if this is done. Say who does it and how it is shown; nobody signs before that.
terms-by = What fulfils it
terms-evidence = Evidence: number, expiry, who keeps it
terms-fulfils = { $rule } ({ $pack }): { $by } · Evidence: { $evidence }
terms-lacks = Not ready to sign
terms-lacks-text = This version is not signed here, and the other side’s signature of it is not taken, while this is open:
terms-lacks-do = Propose the next version with it, or ask the other side to. A version that was only read binds nobody.
terms-next = Propose the next version
told-heading = { $heading }:
told-pair = { $what }: { $value }
lack-missing = missing: { $topic }
lack-withheld = kept open: { $topic }
lack-condition = how the condition { $rule } of { $pack } is fulfilled
lack-refused = this version was signed there while something was missing here; it takes a new version
fault-number-most = Enter a whole number from 0 to { $most }.
fault-own-or-choice = Choose from the list or write your own answer, not both.
fault-fulfil = Say what fulfils the condition and where the evidence is, or leave both empty.
refusal-terms-provision = A topic of the terms is answered twice, or as it cannot be answered.
refusal-incomplete = The terms lack something without which nobody signs here: { $lacks }. Propose the next version with it, or ask the other side to.
measure-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
measure-months = { $count ->
    [one] 1 month
   *[other] { $count } months
}
measure-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
measure-unit-days = days
measure-unit-months = months
measure-unit-hours = hours
