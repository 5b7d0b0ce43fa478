# Toutes les chaînes du bureau, en français du Québec. La compilation compare ce fichier à en.ftl : mêmes clés, mêmes variables.
# Les mots de l’atelier sont fixés dans WORDS.md. Un code d’un vocabulaire s’écrit `vocabulaire-code`.

## Le cadre de chaque page

brand = Cosolvent
skip-link = Aller au contenu
nav-label = Rubriques
nav-inbox = À traiter
nav-resources = Ressources
nav-needs = Besoins
nav-matches = Jumelages
nav-deals = Dossiers
nav-trust = Confiance
nav-people = Personnes
sign-out = Fermer la session
switch-language = English
gone-text = Ce nœud ne répond pas. Redémarrez-le avec « cosolvent run », puis ouvrez l’adresse qu’il affiche.
stale-text = Quelque chose a changé pendant que vous remplissiez cette page.
stale-link = Afficher l’état le plus récent (votre saisie sera perdue)
banner-demonstration = Démonstration : les entreprises sont fictives et rien ici n’est une affaire réelle.
banner-simulated = Région simulée : l’horloge est virtuelle et personne ici n’existe.
banner-lapsed = Votre adhésion a pris fin le { $day }; rien de nouveau ne peut être publié ni envoyé. Demandez à votre parrain de la renouveler : { $sponsors }. Rien de ce que vous avez saisi n’est perdu.
banner-keys-soon = Ce nœud peut signer pour votre entreprise jusqu’au { $day }. D’ici là, demandez à la personne qui garde la feuille de secours de lancer « cosolvent keys renew » sur l’ordinateur du nœud.
banner-keys-over = Ce nœud ne peut plus signer pour votre entreprise (dernier jour : { $day }); personne ne croira donc ce qu’il dit. Demandez à la personne qui garde la feuille de secours de lancer « cosolvent keys renew » sur l’ordinateur du nœud. Rien de ce que vous avez saisi n’est perdu.
footer-neighbours = { $count ->
    [0] aucun voisin branché
    [one] 1 voisin branché
   *[other] { $count } voisins branchés
}
footer-status = État de ce nœud
footer-linkable = Votre parrain émet les autorisations qui accompagnent avis et messages, et pourrait reconnaître les vôtres. Les autres entreprises ne le peuvent pas.
footer-unlinkable = Votre parrain émet les autorisations qui accompagnent avis et messages sans les voir : ni lui ni les autres entreprises ne peuvent reconnaître les vôtres.

## L’entrée

sign-in-title = Ouvrir une session
sign-in-lead = Vous décidez en votre propre nom. Votre mot de passe n’ouvre votre clé de signature que le temps d’une décision.
sign-in-person = Qui êtes-vous?
sign-in-password = Votre mot de passe
sign-in-button = Ouvrir la session
sign-in-nobody = Personne n’est encore inscrit. Inscrivez la première personne avec « cosolvent person add », puis rechargez cette page.

## Pages impossibles à afficher

stop-title = Cette page ne peut pas être affichée
stop-back = Retour aux décisions à traiter
stop-host = Ce bureau ne répond pas à ce nom. Ouvrez-le à l’adresse que le programme a affichée, ou ajoutez le nom à ceux du bureau.
stop-origin = Cette demande ne vient pas d’une page de ce bureau; rien n’a été fait. Rouvrez le bureau et recommencez de là.
stop-secret = Cette adresse ne porte pas le secret de ce démarrage. Ouvrez l’adresse que le programme a affichée à son dernier démarrage.
stop-closed = Ce navigateur n’a pas encore été admis, ou sa session est terminée. Ouvrez l’adresse que le programme a affichée à son démarrage.
stop-token = Ce formulaire appartient à une session antérieure; rien n’a été fait. Revenez aux décisions à traiter et rouvrez la page.
stop-too-large = L’envoi est trop volumineux; rien n’a été fait. Raccourcissez les textes et recommencez.
stop-missing = Il n’y a rien à cette adresse, ou vous ne pouvez pas le voir. L’élément a peut-être été retiré.
stop-entropy = L’ordinateur n’a pas fourni de nombres aléatoires; aucune session sûre ne peut commencer. Redémarrez-le et réessayez.

## Ce qui n’a pas fonctionné au moment de décider ou d’entrer

error-password = Le mot de passe n’est pas le bon. Tapez-le de nouveau; si vous l’avez oublié, demandez au propriétaire de vous réinscrire.
error-no-password = Tapez votre mot de passe pour décider. Rien n’a été décidé.
error-no-verdict = Choisissez l’un des deux boutons. Rien n’a été décidé.
error-changed = La question a changé pendant que cette page était ouverte; rien n’a été décidé. Lisez ce qu’elle dit maintenant, puis décidez.
error-throttled = Trop de mots de passe erronés. Attendez { $seconds ->
    [one] 1 seconde
   *[other] { $seconds } secondes
}, puis réessayez.
error-not-enrolled = Vous n’êtes plus inscrit pour agir au nom de l’entreprise. Demandez au propriétaire de vous réinscrire.
error-key-unreadable = Votre clé scellée est illisible. Demandez au propriétaire de restaurer le dossier des clés à partir d’une sauvegarde.
error-not-running = Le nœud s’est arrêté. Cherchez-en la raison dans son journal, puis redémarrez-le.
error-too-slow = Le nœud n’a pas répondu à temps. Rouvrez la page pour voir si la chose a été faite.

## Ce qui vient d’être fait

note-agreed = Votre oui est conservé. Une autre personne doit aussi dire oui avant que quoi que ce soit ne parte.
note-approved = Approuvé. Ce que vous avez laissé sortir est en route.
note-declined = Refusé. Rien de ceci n’est sorti.
note-confided = Saisi. Seule votre entreprise peut le voir.
note-withdrawn = Retiré.
note-lend-asked = Demandé. Qui peut décider le trouve à l’accueil.
note-taken-back = Repris. Ce n’est plus offert.
note-deputy-named = Nommée. La personne trouve vos questions sous « À traiter » tant que la période dure.
note-deputy-ended = Terminée. La personne ne décide plus rien pour vous.
note-left = C’est fait. Rien de ce que cette personne décide ne compte plus.
note-proposed = Les conditions ont été reçues.
note-reported = Le bilan a été reçu.
note-window-added = Enregistré. La plage compte dès maintenant.
note-window-removed = Enlevé. Les heures que des dossiers ont restent les leurs.
note-closed = Le dossier est clos.

## À traiter

inbox-title = À traiter
inbox-mine = À vous d’agir
inbox-others = En attente d’une autre personne ici
inbox-decided = Décisions prises
inbox-empty = Les décisions paraîtront ici : publier ou non un avis, écrire ou non à une entreprise qui convient, échanger ou non les noms. Commencez par saisir ce qui dort chez vous ou ce qu’il vous faut; personne d’autre ne peut le voir.
inbox-nothing-mine = Rien ne vous attend. Les nouvelles questions paraissent ici d’elles-mêmes.
inbox-leaves = { $count ->
    [one] 1 renseignement irait
   *[other] { $count } renseignements iraient
} ({ $bytes }) à { $to }
inbox-nothing-leaves = Aucun renseignement ne sort; seul votre accord est transmis
inbox-nothing-told = Rien ne sort ainsi; cela permet seulement à votre entreprise de l’offrir
inbox-lapses = Échéance
inbox-decides = décision : { $roles }
inbox-open = Lire et décider
inbox-draft = À rédiger : { $step } · { $title }
inbox-outcome = Quand les travaux sont finis, ouvrez le dossier et dites comment ils se sont terminés.

asks-advertise = Publier un avis anonyme pour « { $title } »?
asks-interest = Écrire à { $to } au sujet de « { $title } »?
asks-answer = Répondre à { $to } au sujet de « { $title } »?
asks-ask = Poser ces questions à { $to } au sujet de « { $title } »?
asks-reply = Répondre à ce que { $to } demande au sujet de « { $title } »?
asks-viable = « { $title } » est-il faisable avec { $to }?
asks-opt-in = Échanger les noms avec { $to } pour « { $title } »?
asks-terms = Envoyer ces conditions à { $to } pour « { $title } »?
asks-acknowledge = Avez-vous lu les conditions échangées avec { $to } pour « { $title } »?
asks-sign = Signer les conditions avec { $to } pour « { $title } »?
asks-start = Inscrire le début des travaux avec { $to } pour « { $title } »?
asks-outcome = Signer le bilan avec { $to } pour « { $title } »?
asks-work = Noter ce qui a été fait avec { $to } pour « { $title } »?
asks-countersign = Est-ce exact, tel que { $to } l’a noté pour « { $title } »?
asks-other = Laisser faire ceci avec { $to } pour « { $title } »?
asks-own-consent = Votre entreprise peut-elle offrir votre temps pour « { $title } »?
asks-release = Libérer { $person } pour « { $title } »?

state-waiting = en attente
state-approved = approuvé
state-declined = refusé
state-lapsed = échu
state-moot = sans objet
state-ruled = répondu selon une règle permanente
state-ruled-more = Répondu selon la règle { $rule } de la version { $version } de votre politique, signée par { $person }. Personne n’a été consulté.
state-ruled-stop = Pour que cessent ces réponses, un propriétaire met en vigueur une version de la politique sans cette règle.
state-lapsed-more = Personne n’a décidé à temps. Rien de ceci n’est sorti.
state-moot-more = L’affaire s’est terminée avant toute décision. Rien de ceci n’est sorti.

## La page de décision

approval-leaves = Exactement ce qui sort
approval-to = Destinataire : { $to }
approval-field = Champ
approval-value = Ce qui sera lu
approval-bytes = Octets
approval-total = En tout
approval-notice = L’avis dit aussi
approval-stays = Ce qui reste ici
approval-stays-nothing = Rien d’autre n’est conservé à ce sujet.
approval-heard = Ce que l’autre partie vous a dit jusqu’ici
approval-why = Pourquoi ce jumelage
approval-next = Ce qui se passe ensuite
approval-asked = Demandé
approval-lapses = Échéance
approval-roles = Peuvent décider
approval-by-rule = En vertu de
approval-rule = Règle { $rule } de votre politique, version { $version }
approval-no-rule = Aucune règle de votre politique, version { $version }
approval-own = Aucune : votre accord n’appartient qu’à vous, et aucune règle ne le donne ni ne le remplace
approval-who = Soit
wait-reminded = Rappelé
wait-reminds = Prochain rappel
wait-escalates = Si personne ne décide
wait-escalated = D’autres aussi
wait-because = { $roles } peut décider à partir du { $when } (règle { $rule } de la version { $version })
wait-because-default = { $roles } peut décider à partir du { $when } (version { $version })
wait-stop = L’attente n’approuve jamais rien. Pour l’arrêter maintenant, refusez ici, ou voyez :
wait-stop-deal = le dossier, où on peut le clore
wait-stop-item = la ressource ou le besoin, où on peut le retirer

names-title = Cette décision échange les noms
names-text = Si les deux parties consentent, { $to } apprendra que vous êtes { $name }, et vous apprendrez à qui vous parlez. Ce qui est su ne se reprend pas.
names-second = L’autre partie envoie son nom en premier, parce que votre entreprise tient une liste d’entreprises qu’elle évite. Elle apprend que cette liste existe, non qui s’y trouve. Si elle s’y trouve, l’échange prend fin comme après tout refus et personne ici ne voit son nom.
names-give = Vous donnez
names-get = Vous recevez

leaf-firm-id = le numéro permanent de votre entreprise et son acte fondateur
leaf-legal-name = votre dénomination sociale
leaf-membership = l’attestation de membre délivrée par votre parrain
leaf-street = votre adresse municipale
leaf-mail = votre adresse courriel
leaf-phone = votre numéro de téléphone
leaf-contact = le nom de votre personne-ressource
leaf-carrier = l’endroit où joindre directement votre nœud
leaf-terms = les conditions affichées ci-dessous
leaf-consent = votre accord signé, pour exactement ceci
leaf-outcome = le bilan, sous forme de code
leaf-docket = ce qui a été fait, tel qu’affiché ci-dessous
leaf-other = tel qu’affiché sur cette page

next-advertise = L’avis est publié sans votre nom. Les nœuds des autres entreprises le comparent à ce qu’ils détiennent; vous verrez ici qui convient.
next-interest = Vos renseignements voyagent scellés; seul { $to } peut les ouvrir. Quelqu’un là-bas décide de répondre ou non. D’ici là, rien de plus n’est dit.
next-answer = Vos renseignements voyagent scellés vers { $to }. Ensuite, une personne de chaque côté dit si c’est faisable.
next-ask = On demande ceci à { $to }, et rien d’autre. Ce qui revient figure sur la page du dossier, et le jumelage est jugé de nouveau. Le dossier n’attend pas.
next-reply = { $to } apprend ces réponses, et que vous ne dites pas le reste, jamais pourquoi. Rien d’autre n’en découle : la faisabilité est une question à part.
next-viable = { $to } apprend que vous jugez la chose faisable. Quand les deux côtés l’ont dit, on demande à chacun s’il veut échanger les noms.
next-opt-in = Rien ne s’ouvre avant que { $to } consente aussi. Le nom d’un côté s’ouvre alors en premier, celui de l’autre aussitôt après. Qui a lu un nom pourrait encore s’arrêter; personne ne peut l’empêcher : n’y consentez que si vous pourriez vous en accommoder.
next-terms = { $to } reçoit ces conditions et peut les lire, les signer ou en proposer d’autres. Elles ne lient personne avant les deux signatures.
next-acknowledge = { $to } apprend que vous avez lu cette version. Elle ne lie encore personne.
next-sign = Vous êtes lié par ces conditions dès que { $to } signe la même version. Le début est ensuite inscrit.
next-start = Le début est inscrit sans nom au registre commun. Personne sauf { $to } ne peut vous y rattacher, hormis le parrain qui a émis l’autorisation et les nœuds qui l’entendent d’abord du vôtre.
next-outcome = Le bilan est inscrit sans nom au registre commun, signé par vous, et votre entreprise ne note ni ne contresigne plus rien dans ce dossier. Il est complet quand { $to } a signé le sien.
next-work = { $to } apprend ce que vous avez noté et doit dire si c’est exact. Cela compte dès sa contresignature; avant, cela ne lie personne.
next-countersign = { $to } détient votre signature que c’est exact, et cela compte. Si vous refusez, on lui dit que vous le contestez, sans raison, et cela ne comptera jamais.
next-other = Ce qui est affiché ici est dit à { $to }, et rien d’autre.
next-own-consent = Votre oui reste ici; rien ne sort. Quand l’entreprise vous aura aussi libéré, on demandera à quelqu’un s’il faut publier un avis sans nom, et votre nœud cherchera ce qui convient.
next-release = Votre oui reste ici; rien ne sort. Quand { $person } aura aussi donné son accord, on demandera à quelqu’un s’il faut publier un avis sans nom, et votre nœud cherchera ce qui convient.

decide-title = Votre décision
decide-jump = Aller à votre décision, plus bas
decide-password = Mot de passe de { $name }
decide-password-hint = Il ouvre votre clé de signature pour cette seule décision. La touche Entrée ne décide rien; utilisez un bouton.
decide-decline = Refuser : rien ne sort
decline-answer = Refuser : rien ne sort; pour l’autre partie, c’est le silence
decline-terms = Refuser : rien ne sort; le dossier reste où il en est
decline-ask = Refuser : rien ne sort; le dossier reste où il en est
decline-reply = Refuser : rien ne sort; leurs questions restent ouvertes, et vous pouvez écrire une autre réponse
decline-viable = Refuser : rien de ceci ne sort, et le dossier se clôt
decline-opt-in = Refuser : rien de ceci ne sort, et le dossier se clôt
decline-acknowledge = Refuser : rien de ceci ne sort, et le dossier se clôt
decline-sign = Refuser : rien de ceci ne sort, et le dossier se clôt
decline-start = Refuser : rien ne sort; le dossier reste où il en est
decline-outcome = Refuser : rien ne sort; le dossier reste où il en est
decline-work = Refuser : rien ne sort et rien n’est noté
decline-countersign = Contester : dire à { $to } que ce n’est pas exact
decline-own-consent = Refuser : votre temps n’est pas offert
decline-release = Refuser : { $person } n’est pas offert
decide-end = Si vous refusez, on dit seulement « non, merci » à l’autre partie.
why-title = Si vous refusez, vous pouvez dire pourquoi
why-hint = Jamais nécessaire, et jamais dit à l’autre partie : pour elle, un non ressemble à un autre.
why-ground = En gros, pour toute l’entreprise
why-none = aucune raison
why-note = En mots, pour qui est propriétaire ou responsable de l’approbation ou de l’audit
why-said = Refusé pour cette raison : { $ground }
why-save = Garder cette raison
ground-capacity = ni heures, ni gens, ni machine pour cela
ground-timing = pas ces semaines-là
ground-price = ce que cela rapporterait ou coûterait
ground-scope = pas le travail que nous faisons pour d’autres ou voulons faire faire
ground-risk = trop serait dit ou pourrait mal tourner
ground-other = autre chose
decide-others = Cette décision revient à quelqu’un d’autre : { $roles }. D’ici là, rien ne sort.
decide-nobody = Personne de votre registre ne peut décider ceci maintenant ({ $roles }). Demandez au propriétaire d’inscrire quelqu’un qui le peut.
decide-agreed = { $name } a dit oui. Deux personnes différentes doivent le dire : il faut encore un oui avant que quoi que ce soit ne parte.
decide-closed = Cette question est close.
decide-deal = Ouvrir le dossier

approve-advertise = Approuver : publier cet avis, sans notre nom
approve-interest = Approuver : envoyer { $count ->
    [one] ce renseignement
   *[other] ces { $count } renseignements
} à { $to }
approve-answer = Approuver : envoyer { $count ->
    [one] ce renseignement
   *[other] ces { $count } renseignements
} à { $to }
approve-ask = Approuver : poser à { $to } { $count ->
    [one] cette question
   *[other] ces { $count } questions
}
approve-reply = Approuver : donner à { $to } { $count ->
    [0] la réponse « nous ne le disons pas »
    [one] cette réponse
   *[other] ces { $count } réponses
}
approve-viable = Approuver : dire à { $to } que c’est faisable
approve-opt-in = Approuver : échanger les noms avec { $to }
approve-terms = Approuver : envoyer ces conditions à { $to }
approve-acknowledge = Confirmer : dire à { $to } que nous avons lu ces conditions
approve-sign = Signer : ces conditions nous lient à { $to }
approve-start = Approuver : inscrire le début des travaux avec { $to }
approve-outcome = Signer le bilan : { $outcome }
approve-work = Approuver : noter ceci et l’envoyer à { $to }
approve-countersign = Contresigner : c’est exact
approve-other = Approuver : dire à { $to } ce qui est affiché ici
approve-own-consent = Consentir : notre entreprise peut offrir mon temps pour ceci
approve-release = Libérer : notre entreprise peut offrir { $person } pour ceci

stays-name = Le nom de votre entreprise
stays-site = Votre emplacement exact
stays-title = Le nom que vous lui donnez ici
stays-limit = Votre limite de prix
stays-note = Votre note : pourquoi, pour qui, à quelle fin
stays-exact-values = Les heures, la tolérance et les dimensions exactes
stays-people = Vos gens
stays-other-items = Toutes vos autres ressources et tous vos autres besoins

recipient-everybody = tout le réseau, sans notre nom
recipient-callsign = l’indicatif { $callsign }
roles-nobody = personne
list-or = { $first } ou { $last }

## Ressources et besoins

resources-lead = Ce qui dort chez vous : machines, heures de vos gens, savoir-faire, appareils d’essai, locaux. Seule votre entreprise le voit; rien n’est publié sans qu’une personne l’ait décidé.
resources-empty = Rien de saisi encore. Saisissez ce qui dort, par exemple le deuxième quart d’une machine; votre nœud le comparera aux besoins qui lui parviennent.
needs-lead = Ce qui vous manque, pour quelques heures ou quelques semaines. Seule votre entreprise le voit; rien n’est publié sans qu’une personne l’ait décidé.
needs-empty = Rien de saisi encore. Saisissez ce qu’il vous faut; votre nœud le comparera aux offres qui lui parviennent.
item-add-resource = Saisir une ressource
item-add-need = Saisir un besoin
item-untitled = sans titre
item-published = avis publié
item-waits = en attente de relais : rien n’est encore parti
item-held = en attente d’un moment tiré au hasard
item-leaving = avis en route par des relais
item-told-back = avis publié : revenu d’un voisin
item-unpublished = aucun avis publié
item-withdrawn = retiré
item-matches = { $count ->
    [0] Aucun jumelage pour l’instant
    [one] 1 jumelage
   *[other] { $count } jumelages
}
item-private = Tel que vous l’avez saisi
item-private-hint = Valeurs exactes, que seule votre entreprise voit. Elles ne sortent que champ par champ, chaque fois par la décision d’une personne.
item-public = Ce que les autres peuvent lire
item-public-live = Tout le réseau lit ceci, sans votre nom.
item-public-proposed = Voici ce que tous liraient, sans votre nom. Rien n’est encore publié.
item-callsign = Sous l’indicatif
item-silent = Personne ne peut trouver ceci : rien n’est publié. Votre nœud le compare lui-même { $count ->
    [0] aux avis qui lui parviendront; aucun de l’autre côté n’est en vigueur.
    [one] au seul avis en vigueur qui lui parvient de l’autre côté.
   *[other] aux { $count } avis en vigueur qui lui parviennent de l’autre côté.
}
item-limit-set = fixée; vos rôles ne permettent pas de la voir
item-note-set = inscrite; vos rôles ne permettent pas de la voir
item-confided = Saisi
item-ask = Demander si ceci doit être publié
item-ask-hint = Demander ne fait rien sortir : la personne qui peut décider voit exactement ce qui sortirait, et peut refuser.
item-asked = La publication attend une décision
item-withdraw = Retirer
item-withdraw-hint = L’élément ne sera plus jumelé, et l’avis publié, s’il y en a un, sera retiré. Les dossiers en cours se poursuivent.

loan-of = De qui c’est le temps : { $name }
loan-who = De qui c’est le temps
loan-hours = Heures, au plus
loan-consent = Accord de la personne
loan-release = Libération par l’entreprise
loan-given = donné par { $name }
loan-asked = demandé; en attente d’une réponse
loan-taken-back = repris par { $name }
loan-operator = l’exploitant de ce nœud
loan-not-given = pas donné
loan-stands = Les deux permettent de l’offrir.
loan-ask = Demander ce qui manque
loan-take-back = Reprendre mon accord
loan-recall = Reprendre la libération
loan-ends-notice = L’avis est retiré.
loan-ends-deals = { $count ->
    [one] Un dossier qui ne lie encore personne se clôt; l’autre partie n’entend que « non, merci », ou rien si personne n’avait répondu.
   *[other] { $count } dossiers qui ne lient encore personne se closent; les autres parties n’entendent que « non, merci », ou rien si personne n’avait répondu.
}
loan-ends-owed = { $count ->
    [one] Un dossier signé des deux côtés reste dû : parlez-leur et terminez-le par son bilan.
   *[other] { $count } dossiers signés des deux côtés restent dus : parlez-leur et terminez-les par leurs bilans.
}
loan-ends-nothing = Rien n’est publié et aucun dossier n’est ouvert : rien ne se clôt, et ceci n’est plus offert.
loan-title = Qui serait libéré, et pour quoi
loan-own-title = Ce qui serait offert de vous
loan-yes = Ce qu’un oui signifie
loan-means = Votre entreprise peut en publier un avis sans nom et parler avec les entreprises à qui cela convient.
loan-names = Votre nœud ne dit à personne au-dehors de qui il s’agit. Chaque étape d’un dossier est une question à part.
loan-back = La libération peut être reprise en tout temps à la page de cette ressource; ce que les deux parties d’un dossier ont signé d’ici là reste dû.
loan-nothing = Elle ne vaut rien sans l’accord de la personne elle-même.
loan-own-means = Votre entreprise peut en publier un avis sans nom et parler avec les entreprises à qui cela convient.
loan-own-names = Votre nœud ne dit votre nom à personne au-dehors. Cela ne vous engage à aucun travail.
loan-own-back = Vous pouvez le reprendre en tout temps à la page de cette ressource, sans donner de raison; ce que les deux parties d’un dossier ont signé d’ici là reste dû.
loan-own-nothing = Si vous refusez, personne au-dehors n’apprend qu’on vous l’a demandé.
confirm-title = Vous confirmez, chaque point séparément
confirm-availability = La personne peut être libérée pour ces heures, ces semaines-là.
confirm-scope = Ce travail entre dans ce que la personne peut faire pour d’autres.
confirm-duty = Il ne touche aucun devoir de la personne envers nous.
confirm-competition = Il ne nous fait pas concurrence.
not-lent-unnamed = Ceci n’est pas offert : personne n’y est nommé, et la règle { $rule } de la version { $version } de votre politique veut savoir de qui c’est le temps. Saisissez-le de nouveau avec cette personne.
not-lent-unnamed-default = Ceci n’est pas offert : personne n’y est nommé, et la version { $version } de votre politique veut savoir de qui c’est le temps. Saisissez-le de nouveau avec cette personne.
not-lent-denied = Ceci n’est pas offert : la règle { $rule } de la version { $version } de votre politique ne laisse personne libérer qui que ce soit pour cela. Un propriétaire peut modifier la politique.
not-lent-denied-default = Ceci n’est pas offert : aucune règle de la version { $version } de votre politique ne dit qui peut libérer quelqu’un. Un propriétaire peut modifier la politique.
not-lent-not-enrolled = { $person } n’est pas au registre comme spécialiste. Demandez au propriétaire d’inscrire cette personne avec ce rôle, ou ne la nommez pas.
not-lent-no-consent = Ceci n’est pas offert : { $person } n’a pas donné son accord, et personne d’autre ne le peut.
not-lent-not-released = Ceci n’est pas offert : l’entreprise n’a pas libéré { $person }.
mode-open = avis détaillé
mode-coarse = avis sommaire
mode-silent = muet

form-lead = Saisissez les valeurs exactes. Elles restent ici et sont comparées ici; un avis ne parle jamais que par tranches.
form-not-saved = Rien n’a encore été enregistré. Veuillez revoir :
form-what = De quoi il s’agit
form-title = Le nom que vous lui donnez
form-title-hint = Pour vos propres listes. Ne sort jamais de l’entreprise.
form-materials-offer = Toutes celles que vous travaillez.
form-materials-need = Toutes celles que le travail exige.
form-credentials-offer = Toutes celles que vous détenez.
form-credentials-need = Toutes celles que le travail exige.
form-exactly = Précision et dimensions
form-exactly-hint = Laissez vide ce qui n’a pas d’importance.
form-tolerance = Tolérance ±
form-tolerance-hint = Par exemple 0,025
form-envelope-hint = De la pièce, par exemple 630
form-operator = Un opérateur est fourni
form-nobody = Personne en particulier
form-person-hint = Seulement pour le temps et le savoir-faire d’une personne. Cette personne et l’entreprise doivent d’abord permettre de l’offrir; le nom ne sort jamais.
form-when-where = Quand et où
form-from = Du
form-to = Au
form-weeks-hint = La semaine entière de ce jour compte.
form-hours-offer = Heures disponibles durant ces semaines
form-hours-need = Heures requises durant ces semaines
form-site = Emplacement
form-lat = Latitude
form-lat-hint = Le nord est positif : 43,26
form-lon = Longitude
form-lon-hint = L’ouest est négatif : −79,87
form-site-hint = Seule une zone d’environ 1 770 km² ou plus autour de ce point peut sortir, jamais le point lui-même.
form-telling = Ce qui peut être dit
form-mode = Ce que l’avis laisse voir
form-mode-hint = Quel que soit votre choix, un avis n’est publié qu’après la décision d’une personne.
form-mode-coarse = Avis sommaire : une zone plus large, aucun texte
form-mode-open = Avis détaillé : la zone et la phrase ci-dessous
form-mode-silent = Muet : rien n’est publié; votre nœud écoute seulement, et vous écrivez en premier
form-value-hint = Une tranche que vous permettez de dire.
form-experience-hint = Deux phrases au plus, que l’on peut dire à une entreprise qui convient. Aucun nom, aucun lieu, aucun client.
form-conflict-classes-hint = Dans l’intérêt de quel secteur vous demandez ou offrez, quatre au plus; rien d’obligatoire. Certaines entreprises ne traitent pas avec certains secteurs et ne voient alors pas ceci. Le dire laisse moins d’entreprises possibles derrière l’avis, et le nombre d’entreprises que vous pourriez être ne le montre pas.
form-private = Pour l’entreprise seulement
form-limit = Limite de prix
form-limit-offer = Minimum pour une heure
form-limit-need = Maximum pour une heure
form-limit-hint = Sert au jumelage seulement. Ne sort jamais; certains rôles ne la voient pas.
form-currency = Devise
form-note = Note
form-note-hint = Pourquoi, pour qui, à quelle fin. Ne sort jamais; ici, propriétaires et responsables de l’approbation la lisent.
form-save-resource = Enregistrer cette ressource, pour nous seuls
form-save-need = Enregistrer ce besoin, pour nous seuls
form-cancel = Annuler

unit-mm = mm
unit-hours = h
unit-km = km
unit-percent = { " %" }
unit-degrees = °
currency-cad = Dollars canadiens
currency-usd = Dollars américains

fault-empty = Écrivez au moins un caractère.
fault-too-long = Ce texte est trop long; raccourcissez-le.
fault-invisible = Ce texte contient un caractère invisible; retapez-le.
fault-choose = Choisissez dans la liste.
fault-hours = Heures : entrez un nombre entier de 1 à 10 000.
fault-weeks = Semaines : la dernière ne doit ni précéder la première ni être passée, et 53 semaines au plus.
fault-tolerance = Tolérance : entrez de 0,001 à 10 mm, par exemple 0,025.
fault-envelope = Plus long côté : entrez des millimètres entiers de 1 à 100 000.
fault-lat = Latitude : entrez des degrés de −90 à 90, par exemple 43,26.
fault-lon = Longitude : entrez des degrés de −180 à 180, par exemple −79,87.
fault-too-many = Choisissez au plus 16 éléments par liste.
fault-conflict-classes = Choisissez au plus quatre secteurs d’activité, les plus proches.
fault-person = Ne nommez personne : seul ce que vous offrez dit de qui c’est le temps.
fault-deputy-roles = Choisissez au moins un rôle à confier.
fault-last-day = Le dernier jour ne doit pas précéder le premier.
fault-travel = Distance : entrez des kilomètres entiers.
fault-date = Entrez une date, année-mois-jour.
fault-money = Montant : entrez par exemple 220 ou 220,50.
fault-line-hours = Quantité : entrez par exemple 45 ou 0,5 pour des heures, sinon un nombre entier à partir de 1.
fault-no-line = Il faut au moins une ligne de prix.

## Jumelages

matches-lead = Ce qui convient, comparé sur cet ordinateur. Vous voyez une raison pour chaque exigence; l’autre côté ne voit rien tant que personne ici n’a décidé d’écrire.
matches-empty = Rien ne convient pour l’instant. Votre nœud compare tout ce qui lui parvient à ce que vous avez saisi, et le montre ici.
matches-all = Montrer tous les jumelages
match-fit =
    { $met ->
        [one] Une exigence sur { $all } est satisfaite
       *[other] { $met } exigences sur { $all } sont satisfaites
    }{ $open ->
        [0] .
        [one] ; une reste à demander.
       *[other] ; { $open } restent à demander.
    }
match-requirement = Exigence
match-distance = Distance
match-needed = Requis
match-offered = Offert
match-verdict = Verdict
match-they-say = Tout ce que dit leur avis
match-found = Trouvé
match-question = Ouvrir la question : leur écrire ou non?
match-contact = Demander s’il faut leur écrire
match-contact-hint = Ceci n’envoie rien. La question est posée à la personne qui peut décider.
match-conditions = Ce qui doit être fait d’abord
match-missing = Il manque : { $what }.
match-rule = (Règle { $rule } du recueil de connaissances { $pack }.)
match-shows-need = La partie qui a besoin du travail présente : { $what }.
match-shows-offer = La partie qui l’offre présente : { $what }.
match-questions = Reste à demander
match-ask = { $what } : personne n’a dit si « { $needed } » est satisfait.
match-ask-exactly = { $what } : « { $needed } » est peut-être satisfait; demandez le chiffre exact.
match-free = Votre horaire a { $hours } libres dans les semaines communes. Les réservations, les plages fermées, les congés et le préavis sont déduits; l’autre partie n’en voit rien.
match-still-true = Votre horaire est-il toujours vrai? Il compte pour certain à { $share } jusqu’à ce que quelqu’un le confirme à la page du calendrier.
match-near = Ce qui fait obstacle
match-score = Comment se compose le résultat : adéquation { $fit }, certitude { $certainty }
match-texts = Textes qui se ressemblent, ou le travail qui en tient lieu
match-digest = { $count ->
    [one] { $count } autre convient, et personne n’a été consulté. Au plus { $most } questions par jour sont posées pour chaque élément; demandez d’ici pour tout autre.
   *[other] { $count } autres conviennent, et personne n’a été consulté. Au plus { $most } questions par jour sont posées pour chaque élément; demandez d’ici pour tout autre.
}
near-days = Cela conviendrait si la période se déplaçait de { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}.
near-kilometres = Cela conviendrait si { $km } km de plus étaient acceptés.
near-offered = { $what } : cela conviendrait si { $offered } suffisait.
band-strong = Fort : parlez-leur aujourd’hui
band-possible = Possible : mérite une conversation
band-ask = À demander d’abord : un point est ouvert
band-conditional = Sous réserve : une démarche doit être faite d’abord
band-no = Aucun jumelage
unmet-title = Pourquoi rien ne convient encore
unmet-none = Rien de ce genre n’a encore été entendu.
unmet-compared = { $count ->
    [one] { $count } avis de ce genre a été comparé
   *[other] { $count } avis de ce genre ont été comparés
}
unmet-blocked = { $what } : { $count } sur { $all } y échouent, { $alone } là seulement
unmet-value = Prix : { $count } sur { $all } ne peuvent respecter votre limite, { $alone } pour cela seulement
unmet-other = { $count } sur { $all } sont un autre travail, ou laissent trop de points ouverts
verdict-match = satisfait
verdict-exceeds = au-delà
verdict-partial = en partie
verdict-conditional = sous réserve
verdict-gap = non satisfait
verdict-unknown = non précisé

## Dossiers

deals-lead = Chacun est une affaire avec une autre entreprise, du premier message au bilan signé.
deals-empty = Aucun dossier pour l’instant. Un dossier s’ouvre quand quelqu’un ici décide d’écrire à une entreprise qui convient, ou quand l’une d’elles vous écrit.
deal-open = en cours
deal-stale = en sommeil
deal-stale-since = Depuis le { $day }, ce dossier est en sommeil : pendant deux semaines, aucune des deux parties n’a rien dit.
deal-stale-revives = Il reprend dès qu’un mot de l’autre partie arrive ou que quelqu’un ici agit.
deal-stale-lapses = Sinon, il arrive à échéance le { $day }, et rien de plus ne sort.
deal-stale-binds = Il engage les deux parties et n’a donc pas d’échéance. Parlez à l’autre partie.
deal-stale-leave = Y mettre fin ici, sans engagement
deal-completed = complété
deal-closed = clos
deal-now = Maintenant
deal-since = Depuis
deal-lapses = Échéance
deal-completed-more = Les deux parties ont signé le bilan. Il ne reste rien à faire.
deal-heard = Ce que l’autre partie vous a dit
deal-they-know = Ce que l’autre partie sait de vous maintenant
deal-they-know-nothing = Rien de plus que votre avis, s’il y en a un.
deal-steps = Étapes
who-us = En attente de quelqu’un ici : { $roles }
who-them = En attente de l’autre partie; rien à faire ici
who-both = En attente des deux parties
who-network = En route sur le réseau; rien à faire
who-nobody = Terminé; rien à faire
step-now = en cours
step-done = fait
step-ahead = à venir
step-ours = ici
step-theirs = autre partie
closed-by-us = Clos ici avant tout engagement. On a seulement dit « non, merci » à l’autre partie.
closed-by-them = L’autre partie y a mis fin. Aucune raison n’est donnée, et il n’y en a pas à deviner.
closed-lapsed-here = Aucune des parties n’a rien dit pendant quatre semaines; le dossier est échu. Rien de plus n’est sorti.
closed-lapsed-there = Rien n’a été dit pendant quatre semaines; le dossier est échu chez l’autre partie.
closed-note = Votre note :
counterpart-vouched = { $sponsor } se porte garant de ce nom.
counterpart-unvouched = Aucun parrain connu ici ne se porte garant de ce nom. Vérifiez-le avant de signer.
counterpart-was = Connu auparavant sous
close-title = Clore ce dossier
close-reason = Raison, pour l’entreprise seulement
close-hint = On dit « non, merci » à l’autre partie et rien d’autre. Ce qu’elle sait déjà reste su.
close-button = Clore : plus rien ne sort
outcome-ask = Comment cela s’est-il terminé?
outcome-hint = Une personne habilitée à signer décide ensuite si ceci sort.
outcome-report = Transmettre ce bilan

terms-title = Conditions
terms-version = Version { $number }
terms-days = travaux du { $first } au { $last }
terms-what = Objet
terms-hours = Quantité
terms-hourly = Prix
terms-unit = Unité
unit-hour = heures
unit-month = mois
unit-week = semaines
unit-day = jours
unit-piece = pièces
unit-whole = l’ensemble
quantity-month = { $count } mois
quantity-week = { $count ->
    [one] { $count } semaine
   *[other] { $count } semaines
}
quantity-day = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
quantity-piece = { $count ->
    [one] { $count } pièce
   *[other] { $count } pièces
}
quantity-whole = l’ensemble × { $count }
terms-amount = Montant
terms-total = Total
terms-split = Dont { $expert } pour la personne prêtée et { $firm } pour votre entreprise ({ $because }). Personne d’autre ne l’apprend.
terms-clauses = Clauses
terms-by-us = proposées ici
terms-by-them = proposées par l’autre partie
terms-read = lues : { $who }
terms-signed = signées : { $who }
terms-propose = Proposer des conditions
terms-counter = Proposer d’autres conditions
terms-lead = Une ébauche. Elle ne sort qu’après l’accord de la personne qui peut décider, et ne lie personne avant les deux signatures.
terms-frame = Forme et dates
terms-instrument = Forme d’engagement
terms-first = Premier jour des travaux
terms-last = Dernier jour des travaux
terms-lines = Prix
terms-line = Ligne { $number }
terms-more-lines = Une ligne de plus
terms-clause = Clause { $number }
terms-clauses-hint = Qui fournit quoi, qui inspecte, responsabilité, réciprocité : une phrase ou deux chacune. Laissez vides celles qui ne servent pas.
terms-more-clauses = Une clause de plus
terms-submit = Soumettre cette ébauche à une décision
work-title = Travaux
work-lead = Ce qui a été fait selon les conditions signées. Le temps et les choses comptent quand les deux côtés ont signé; rien ne compte par silence.
work-not-yet = Les travaux n’ont pas commencé : les deux côtés doivent d’abord inscrire le début.
work-open = Ce qui a été fait
work-unsettled = { $count ->
    [one] Une note n’est pas contresignée et ne compte pas.
   *[other] { $count } notes ne sont pas contresignées et ne comptent pas.
} Qui signe le bilan ne peut plus rien contresigner ensuite.
work-agreed = Convenu
work-written = Noté
work-countersigned = Contresigné
work-dockets = Noté par les deux côtés
work-no-dockets = Rien n’est encore noté.
work-table = L’emporter en tableau (CSV)
work-day = Jour
work-what = Quoi
work-who = Noté par
work-state = Compte?
work-session = { $hours } pour « { $what } »
work-handed-over = Remis : { $count } × { $what }
work-received = Reçu : { $count } × { $what }
work-document = Document : { $what } (SHA-256 { $hash })
work-is-countersigned = oui, contresigné
work-is-contested = non, contesté
work-to-countersign = Est-ce exact? Lire et décider
work-waits-them = pas encore : l’autre côté n’a rien dit
work-waits-us = pas encore : personne ici ne peut contresigner; un propriétaire peut ajouter une règle pour cette étape
work-theirs = Noté par l’autre côté
work-ours = Ce que vous notez
work-write-hours = Noter des heures
work-write-thing = Quelque chose change de mains
work-write-document = Un document que les deux côtés détiennent
work-hours = Temps
work-note = À quoi, en quelques mots (peut rester vide)
work-thing = Quoi, et dans quel état
work-thing-hint = Ébauches, échantillons, gabarits, pièces finies : de quoi les reconnaître des deux côtés.
work-count = Combien
work-from = Qui remet
work-from-us = Nous remettons
work-from-them = Nous recevons
work-document-hint = Un rapport d’essai, une attestation d’assurance, le constat d’un témoin.
work-hash = SHA-256 du fichier
work-hash-hint = Les 64 lettres et chiffres qu’affiche « sha256sum FICHIER ». Les deux côtés parlent alors du même fichier, et il reste où il est.
work-submit = Soumettre à une décision
work-fault-hours = Temps : entrez par exemple 4 ou 0,5.
work-fault-hash = Ce n’est pas un SHA-256 : entrez les 64 lettres et chiffres qu’affiche « sha256sum FICHIER ».
work-bad-line = Les conditions signées n’ont pas cette ligne d’heures; choisissez l’une des leurs.
work-bad-minutes = Une séance dure de 1 minute à 24 heures; notez un travail plus long jour par jour.
work-bad-beyond = Il ne reste que { $left } sur cette ligne des conditions. Notez au plus cela; le surplus demande d’autres conditions.
work-bad-count = Entrez combien changent de mains, à partir de 1.
work-bad-day = Ce jour n’a pas commencé. Notez le travail quand il est fait.
work-bad-side = Le côté qui fait le travail note ses heures; contresignez ou contestez ce qu’il a noté.
work-bad-many = Un côté d’un dossier ne peut noter davantage. Continuez en disant comment les travaux se sont terminés.
done-both = les deux parties
done-here = ici
done-there = autre partie
done-nobody = personne encore

## Le résumé du dossier

brief-title = Résumé du dossier
brief-open = Résumé du dossier, à imprimer
brief-lead = Pour qui vous conseille : juriste, banque, assurance. Ce dont les deux entreprises ont convenu, et ce qu’elles s’étaient dit auparavant.
brief-not-yet = Il n’y a encore rien à résumer : aucune condition n’est sur la table.
brief-draft = Un projet : { $firm } n’a pas signé ces conditions.
brief-binds = Ces conditions lient les deux entreprises qui les signent, et personne d’autre. Le parrain du réseau n’y est pas partie. Cette page n’est pas un avis juridique.
brief-offers = Fait le travail
brief-needs = Le paie
brief-how = Comment cela se passe
brief-how-days = Le travail se fait entre le { $first } et le { $last }.
brief-how-hours = { $offers } note chaque séance. Elle compte dès que { $needs } l’a contresignée, et rien ne compte par silence.
brief-how-things = Ce qui change de mains, et quels documents les deux détiennent, l’une ou l’autre le note et l’autre le contresigne.
brief-how-end = À la fin, chaque entreprise inscrit comment cela s’est passé. Ces inscriptions ne nomment personne.
brief-prepare = Ce que chacune prépare
brief-prepare-offers = { $offers } garde libres les heures convenues et dit qui note les séances.
brief-prepare-needs = { $needs } tient prêt ce que les conditions lui demandent de fournir et dit qui contresigne.
brief-told = Ce que { $firm } avait dit auparavant
brief-open-questions = Resté ouvert au moment du jumelage
brief-nothing-open = Rien de ce qui était exigé n’est resté ouvert.
brief-signatures = Signatures
brief-signed = { $firm } : signé par { $who } ({ $roles }), clé { $key }
brief-signed-key = { $firm } : signé par une personne qu’elle a certifiée ({ $roles }), clé { $key }
brief-unsigned = { $firm } : pas signé
brief-hash = SHA-256 de ces conditions, que chaque signature couvre : { $hash }

## Factures

invoices-title = Factures
invoices-lead = Vos propres papiers pour le travail prévu aux conditions signées. Rien n’en sort par le réseau : imprimez ou téléchargez une facture, puis envoyez-la vous-même.
invoices-not-here = Il n’y a rien à facturer ici : ou bien le travail n’a pas commencé des deux côtés, ou bien c’est votre entreprise qui paie.
invoices-none = Aucune facture pour l’instant.
invoices-nothing-left = Il ne reste rien à facturer. Le temps se facture dès que l’autre partie l’a contresigné.
invoice-new = La prochaine facture
invoice-heading = Facture { $number }
invoice-number = Numéro
invoice-number-hint = Le prochain de vos livres; chacun ne sert qu’une fois.
invoice-issued = Date
invoice-due = Échéance
invoice-order = Leur numéro de commande
invoice-order-hint = Peut rester vide.
invoice-state = État
invoice-is-issued = émise
invoice-is-cancelled = annulée : rien n’est dû à ce titre
invoice-sessions = Temps contresigné
invoice-lot = « { $what } » : combien en facturer (il reste { $left }, à { $price } l’unité)
invoice-taxes = Taxes
invoice-taxes-hint = Sur la somme de toutes les lignes. Des rangées peuvent rester vides; quelles taxes vous devez, ce logiciel ne le sait pas.
invoice-tax-name = Nom, par exemple TVQ
invoice-tax-rate = Taux
invoice-tax-registration = Votre numéro d’inscription
invoice-submit = Émettre cette facture
invoice-from = De
invoice-to = À
invoice-quantity = Quantité
invoice-price = Prix
invoice-your-order = Votre numéro de commande
invoice-registration = Notre numéro de { $name }
invoice-net = Avant taxes
invoice-tax = { $name }, { $rate } %
invoice-pay = À payer
invoice-terms = Pour le travail prévu aux conditions no { $number } que les deux entreprises ont signées. SHA-256 de ces conditions : { $hash }
invoice-download = La prendre en UBL 2.1 (XML)
invoice-cancel = Annuler cette facture
invoice-cancel-hint = Une facture annulée garde son numéro, et ce qu’elle facturait peut l’être de nouveau. Si vous l’avez déjà envoyée, il faut à vos livres une note de crédit, que ce logiciel n’écrit pas.
invoice-fault-units = Inscrivez un nombre entier, ou rien.
invoice-fault-rate = Inscrivez un taux en pour cent, par exemple 5 ou 9,975.
invoice-bad-nothing = Choisissez au moins une séance ou un nombre d’unités : une facture facture quelque chose.
invoice-bad-number = Le numéro { $number } a déjà figuré sur une facture. Prenez le prochain de vos livres.
invoice-bad-session = L’une de ces séances ne peut pas être facturée : elle l’a été entre-temps, ou n’a jamais été contresignée. Regardez la liste de nouveau.
invoice-bad-units = De ceci, { $left } au plus peuvent encore être facturés.
invoice-bad-days = L’échéance d’une facture est à sa date ou plus tard.
invoice-bad-taxes = Inscrivez au plus trois taxes aux noms différents, chacune de plus de 0 et d’au plus 100 pour cent.
invoice-bad-no-such = Cette facture n’existe pas, ou elle est déjà annulée.

## Les questions avant les noms

talk-title = Questions et réponses
talk-lead = Chaque partie peut poser des questions avant l’échange des noms, et personne n’est tenu de répondre. Le dossier n’attend pas.
talk-asked-ours = Vous avez demandé
talk-asked-theirs = On vous a demandé
talk-open-theirs = L’autre partie n’a pas encore répondu.
talk-open-ours = Vous n’avez pas encore répondu.
talk-nothing-asked = Personne n’a rien demandé.
talk-unsaid-theirs = L’autre partie ne le dit pas.
talk-unsaid-ours = Nous ne le disons pas.
talk-unknown = Une question qu’aucun recueil de connaissances de ce nœud ne contient ({ $code })
talk-unknown-hint = Vous pouvez seulement répondre que vous ne le dites pas. Demandez au propriétaire d’ajouter le recueil qui l’a.
talk-ask = Leur demander
talk-ask-lead = Choisissez au plus { $most } questions. Rien ne sort avant que la bonne personne l’ait dit. { $left ->
    [one] Vous pouvez demander encore une fois dans ce dossier.
   *[other] Vous pouvez demander encore { $left } fois dans ce dossier.
}
talk-ask-discloses = Une question dit aussi quelque chose : ce que vous avez besoin de savoir.
talk-ask-open = Ce que le jumelage laisse ouvert
talk-ask-others = Autres questions pour ce genre de travail
talk-ask-nothing = Aucun recueil de connaissances n’a de question pour ceci.
talk-ask-button = Préparer ces questions
talk-no-more = Vous avez demandé aussi souvent qu’un dossier le permet.
talk-asking = Vos questions attendent une décision.
talk-replying = La réponse attend une décision.
talk-reply = Écrire la réponse
talk-reply-lead = Ce que le nœud sait de cet élément y figure déjà. Ce que vous laissez vide est répondu « nous ne le disons pas », jamais pourquoi. Rien ne sort avant que la bonne personne l’ait dit.
talk-reply-limits = Les limites de prix, les notes et les autres dossiers n’y figurent jamais, et n’y ont pas leur place.
talk-reply-button = Préparer cette réponse
talk-reply-nothing = nous ne le disons pas
talk-reply-number = Un nombre entier.
talk-reply-text = Au plus 240 caractères, sans noms.
talk-says-nothing = L’autre partie apprend seulement que vous ne le dites pas.
talk-more-choices = Rien de coché veut dire « nous ne le disons pas ».

## Confiance, personnes, état

trust-lead = Ce qui a commencé et comment cela s’est terminé, signé des deux côtés. Le registre commun le garde sans noms; vous seul détenez les noms.
trust-standing = { $completed ->
    [one] { $completed } engagement mené à terme
   *[other] { $completed } engagements menés à terme
} avec { $firms ->
    [one] { $firms } entreprise
   *[other] { $firms } entreprises
}, { $open } en cours.
trust-engagements = Vos engagements
trust-empty = Aucun encore. Un engagement paraît ici dès que les deux parties ont signé et que son début est inscrit.
trust-with = Avec
trust-week = Début
trust-outcome = Bilan
trust-deal = Dossier
trust-unnamed = une entreprise non nommée ici
trust-log = Le registre commun
trust-log-text = Tous les nœuds gardent les mêmes inscriptions. Deux nœuds au même nombre témoin gardent exactement les mêmes.
trust-entries = Inscriptions
trust-digest = Nombre témoin

audit-title = Ce qui est sorti de votre entreprise
audit-lead = Chaque renseignement sorti de votre ordinateur, vers qui, qui l’a décidé et selon quelle règle. Imprimez cette page pour vos dossiers.
audit-link = Ce qui est sorti de votre entreprise, point par point
audit-search-title = N’en montrer qu’une partie
audit-search = Afficher
audit-anybody = n’importe qui
audit-left = Décisions qui ont laissé sortir quelque chose
audit-count = { $shown } renseignements sur { $all }, la décision la plus récente d’abord.
audit-empty = Rien. Chaque renseignement qu’une personne laisse sortir paraît ici avec cette décision.
audit-when = Quand
audit-to = Vers
audit-to-hint = Un indicatif ou la dénomination sociale complète d’une entreprise.
audit-everybody = tout le monde, dans un avis
audit-fields = Renseignements
audit-by = Décidé par
audit-rule = Règle
audit-from = Depuis le (jour UTC)
audit-until = Jusqu’au (jour UTC)
audit-proof = Un nombre à noter
audit-proof-text = Chaque renseignement est scellé au précédent. Notez ce nombre sur papier : qui le détient voit plus tard si quelque chose a été modifié ou retiré jusqu’à aujourd’hui.
audit-proof-how = « cosolvent audit export FICHIER » écrit le tout, « cosolvent audit verify FICHIER --noted NOMBRE » le compare à votre note.

policy-title = Politique
policy-lead = Ce que votre entreprise permet, et sur la parole de qui. Ce qu’aucune règle ne permet n’est même pas demandé. La règle la plus particulière décide; de deux semblables, la plus stricte. Les limites d’heures, les entreprises et les secteurs évités valent tous ensemble.
policy-none = Votre entreprise n’a pas encore de politique; rien n’est donc permis. Exécutez « cosolvent policy set » avec un fichier de règles.
policy-version = Version { $version }, signée par { $name }. Nombre témoin : { $hash }
policy-unsigned = Version { $version }, du temps où votre entreprise n’avait pas encore de propriétaire. Nombre témoin : { $hash }
policy-signed = Version { $version }, signée par un propriétaire parti depuis. Nombre témoin : { $hash }
policy-change = Pour la modifier, un propriétaire écrit les règles dans un fichier et exécute « cosolvent policy set », qui montre d’abord la différence.
policy-rules = Règles
policy-rule = Règle
policy-for = S’applique à
policy-everything = tout
policy-says = Ce qu’elle dit
policy-any-step = Chaque étape
policy-any-field = chaque renseignement
policy-ask = { $step } : { $roles } peut décider.
policy-two = { $step } : deux personnes différentes doivent dire oui, chacune { $roles }.
policy-deny = { $step } : non.
policy-tell-exactly = { $step } : { $fields } tel quel.
policy-tell-band = { $step } : { $fields } seulement par tranches.
policy-tell-nothing = { $step } : { $fields } pas communiqué.
policy-publish = Les avis sont tout au plus ainsi : { $mode }.
policy-floor = Pas moins de { $money } l’heure, en moyenne.
policy-ceiling = Pas plus de { $money } l’heure, en moyenne.
policy-cap-week = Au plus { $hours } par semaine, tous dossiers confondus.
policy-cap-month = Au plus { $hours } par mois, tous dossiers confondus.
policy-split = La personne prêtée reçoit { $percent } sur 100 du prix; l’entreprise garde le reste.
policy-exclude = Avec { $name }, aucun échange de noms.
policy-avoid = Rien n’est montré ici des entreprises qui disent agir pour : { $classes }. Elles n’entendent rien.
policy-standing = On répond aux premiers messages qui conviennent sans consulter personne, au plus { $weekly } fois en sept jours, jusqu’au { $until } : { $fit }.
policy-standing-none = Une personne est consultée pour chaque premier message.
policy-fit-strong = jumelages forts seulement
policy-fit-possible = jumelages forts et possibles
policy-named = Ce qui est offert dit de qui c’est le temps; cette personne donne son accord, et l’entreprise la libère.
policy-remind = { $step } : qui peut décider reçoit un rappel après { $days } jours.
policy-remind-never = { $step } : aucun rappel.
policy-escalate = { $step } : après { $days } jours, { $roles } peut aussi décider.
policy-waits = Tant que personne ne décide
policy-person = De qui c’est le temps
policy-hidden = Fixé. Les propriétaires et les approbateurs peuvent le lire.
policy-avoid-hidden = On ne traite pas avec certains secteurs d’activité. Les propriétaires et les approbateurs peuvent lire lesquels.
policy-never-said = Mots qu’aucun texte ne peut contenir
policy-explain = Ce qu’elle dit de chaque ressource et besoin
policy-explain-lead = Qui décide de chaque étape et comment chaque renseignement est communiqué, chaque fois avec la règle qui le dit.
policy-explain-item = Ce que la politique dit de « { $title } »
policy-steps = Qui décide
policy-step = Étape
policy-who = Qui
policy-who-two = deux de : { $roles }
policy-because = À cause de
policy-by-rule = règle { $rule } de la version { $version }
policy-by-default = aucune règle de la version { $version } ne dit autre chose
policy-told = Comment les renseignements sont communiqués
policy-fact = Renseignement
policy-detail-exactly = tel quel
policy-detail-band = par tranches
policy-detail-nothing = pas communiqué
policy-unasked = Répondu sans consulter personne
policy-unasked-given = Réponses ainsi données au cours des sept derniers jours : { $given }.
policy-unasked-unsigned = Aucun propriétaire actuel n’a signé cette version; une personne est donc consultée.
policy-limits = Limites
policy-no-limits = Aucune règle ne limite ici le prix, les heures ni les secteurs d’activité.
people-lead = Qui peut agir au nom de l’entreprise. Chacun décide avec une clé que seul son propre mot de passe ouvre.
deputies-title = Suppléances
deputies-lead = Qui décide pour qui pendant une absence. Une suppléance ne permet que de décider des questions; personne ne consent à la place d’une autre personne à être offert.
deputies-named = Nommées jusqu’ici
deputies-none = Personne n’a nommé de suppléance. Qui décide des questions peut en nommer une ci-dessous.
deputy-for = { $name } (pour { $away })
deputy-who = Suppléance
deputy-roles = Avec ces rôles
deputy-roles-hint = Une partie ou la totalité des vôtres; jamais davantage.
deputy-span = Du, au
deputy-standing = Maintenant
deputy-coming = pas encore commencée
deputy-in-force = décide
deputy-idle = ne compte pas : les rôles ou la personne ont changé
deputy-over = terminée
deputy-ended = écourtée
deputy-end = Y mettre fin maintenant
deputy-name = Nommer une suppléance pendant votre absence
deputy-means = Vous pouvez toujours décider vous-même. Là où deux personnes différentes doivent dire oui, vous et votre suppléance comptez pour une. Vous pouvez y mettre fin en tout temps.
deputy-to = Qui décide entre-temps
deputy-from = Premier jour
deputy-until = Dernier jour
deputy-until-hint = Au plus 92 jours. Ce qui est affiché le dernier jour et décidé ensuite ne compte pas.
deputy-save = Nommer cette suppléance, sous ma signature
people-name = Nom
people-roles = Rôles
people-until = Jusqu’au
people-you = vous
people-add = Les personnes s’inscrivent à l’ordinateur du nœud avec « cosolvent person add »; un propriétaire en répond avec son propre mot de passe.
people-leave = Départ…
leave-title = Départ de { $name }
leave-meaning = Dès cet instant, rien de ce que cette personne décide ne compte, ni ici ni chez les entreprises avec qui vous avez un dossier. Les questions en attente restent ouvertes aux autres.
leave-for-good = C’est définitif. Qui revient s’inscrit à nouveau, sous un autre nom court et avec une nouvelle clé.
leave-last-owner = C’est votre seul propriétaire. Ensuite, personne ne peut être inscrit avant que toutes les clés soient remplacées avec la feuille de secours : ayez-la d’abord sous la main.
leave-not = Retour, rien ne change

status-title = État de ce nœud
status-firm = Votre entreprise
status-name = Nom
status-firm-id = Numéro permanent
status-sponsors = Garants
status-member = Membre jusqu’au
status-operating = Ce nœud peut signer jusqu’au
status-network = Le réseau
status-kind = Nature
status-real = Affaires réelles
status-network-id = Numéro du réseau
status-neighbours = Voisins branchés
status-alike = Voisins qui ont la même chose
status-apart = Voisins qui ont autre chose
status-complete = Tout ce qui circule
status-complete-yes = est ici, selon deux voisins au moins
status-complete-not = on ne sait pas encore
status-notices = Avis en vigueur, de tous
status-sealed = Messages scellés, de tous
status-log = Inscriptions au registre, de tous
status-held = Ce nœud vient de se joindre au réseau, ou était absent. Ce qu’il dit d’abord part à des moments tirés au hasard, pour que l’heure n’apprenne pas à votre parrain de qui cela vient. Le dernier part à :
status-moving = Ce nœud prend une autre identité envers les autres nœuds, dès que ceux qui doivent la connaître la connaissent. Laissez-le en marche et branché. Commencé :
status-allowance = Ce que vous pouvez encore envoyer cette semaine
status-allowance-hint = Votre parrain en accorde autant à chaque membre, pour que personne n’inonde le réseau.
status-for-notices = Avis
status-for-messages = Messages
status-for-log = Engagements
status-wait-used-up = Le quota de cette semaine est épuisé pour de nouveaux avis ou de nouveaux contacts. Le prochain arrive lundi; votre nœud n’en demande pas davantage avant.
status-wait-unconfirmed = Votre nœud attend que deux voisins montrent que le parrain donne à tous la même clé. Il lui faut une minute environ après sa première connexion; il n’y a rien à faire.
status-wait-alone = Un seul voisin est joignable, donc personne d’autre ne confirme la clé du parrain. Votre nœud l’accepte quand elle a deux jours; connectez-vous au nœud d’un autre parrain pour que ce soit plus tôt et plus sûr.
status-leaving = Comment partent les avis et les messages
status-way-founded = Directement de votre nœud. Ce réseau a été fondé ainsi : les voisins peuvent voir de quel nœud un avis est venu en premier.
status-way-owner = Directement de votre nœud, au choix de votre propriétaire. Les voisins peuvent voir de quel nœud un avis est venu en premier. « cosolvent publish relays », sur l’ordinateur du nœud, le cache de nouveau.
status-way-waits = En attente de relais : moins de trois nœuds d’autres membres sont connus; rien ne part, et rien ne part autrement. Demandez à votre parrain si au moins quatre entreprises font tourner leur nœud; d’ici là, seul le propriétaire peut choisir la publication directe.
status-way-guard = En attente d’un premier relais : aucun de ceux que votre propriétaire a nommés n’est là; rien de nouveau ne part, et rien ne part autrement. Le propriétaire s’occupe de ces nœuds, ou en nomme d’autres avec « cosolvent publish relays ».
status-way-relays = Par trois nœuds d’autres membres, pour qu’aucun voisin ne voie d’où ils viennent. Dans un vrai marché, cela prend environ un quart d’heure.
status-way-in-vain = Par trois nœuds d’autres membres, mais l’un de vos avis n’est passé par aucun de trois chemins. Votre nœud continue d’essayer. Si ce message reste demain, retirez l’avis et saisissez-le de nouveau, ou demandez à votre propriétaire de nommer un premier relais avec « cosolvent publish relays ».
status-relays = Nœuds d’autres membres qui peuvent porter
status-on-the-way = En route, pas encore revenus
status-told-back = Revenus d’un voisin
status-serves = Votre nœud porte pour les autres
status-bytes = Envoyé pour cela chaque jour, en mégaoctets
status-wait-unreached = Le nœud de votre parrain est injoignable. Votre nœud demande le quota de cette semaine dès qu’il le peut; vérifiez la connexion de cet ordinateur si cela dure.
status-wait-unanswered = Votre nœud a demandé le quota de cette semaine et attend la réponse du parrain, en général quelques secondes.
status-wait-distrusted = Votre parrain a donné deux clés différentes pour une même semaine; depuis cette semaine-là, personne n’accepte plus ce dont il répond. Demandez à un autre parrain de vous admettre.
status-packs = Recueils de connaissances
status-packs-hint = Ce que votre nœud sait des métiers : des mots dans les deux langues, et des règles qui ouvrent une autre façon de se conformer. Rien n’en sort. Le propriétaire ajoute un recueil à l’ordinateur du nœud avec « cosolvent pack add », et le retire avec « cosolvent pack remove ».
status-pack = { $id }, version { $version }
status-pack-built-in = intégré
status-pack-added = Ajouté
status-pack-sum = Nombre témoin
status-pack-fault = Hors vigueur : { $why }
status-none = aucun encore

## Valeurs

yes = oui
no = non
not-said = non précisé
bytes = { $count ->
    [one] { $shown } octet
   *[other] { $shown } octets
}
percent = { $percent } %
money-cad = { $amount } $ CAD
money-usd = { $amount } $ USD
value-hours = { $hours } h
value-minutes = { $minutes } min
value-hours-minutes = { $hours } h { $minutes } min
value-tolerance = ±{ $mm } mm
value-envelope = { $mm } mm
value-km = { $km } km
value-up-to-km = jusqu’à { $km } km
value-hourly = { $amount } l’heure
value-distance = { $km } km, à { $around } km près
area-around = autour de { $lat }, { $lon }, à { $km } km à la ronde
area-whole = tout le marché
degrees-north = { $degrees }° N.
degrees-south = { $degrees }° S.
degrees-east = { $degrees }° E.
degrees-west = { $degrees }° O.
date-day = { $day ->
    [1] 1er
   *[other] { $day }
} { $month } { $year }
date-week = semaine du { $day }
date-weeks = { $from } au { $to } ({ $count ->
    [one] 1 semaine
   *[other] { $count } semaines
})
date-moment = { $weekday } { $day ->
    [1] 1er
   *[other] { $day }
} { $month }, { $hour } h { $minute } { $zone }
date-short = { $weekday } { $day ->
    [1] 1er
   *[other] { $day }
} { $month }, { $hour } h { $minute }
time-now = maintenant
time-in-minutes = { $count ->
    [one] dans 1 minute
   *[other] dans { $count } minutes
}
time-in-hours = { $count ->
    [one] dans 1 heure
   *[other] dans { $count } heures
}
time-in-days = { $count ->
    [one] dans 1 jour
   *[other] dans { $count } jours
}
time-ago-minutes = { $count ->
    [one] il y a 1 minute
   *[other] il y a { $count } minutes
}
time-ago-hours = { $count ->
    [one] il y a 1 heure
   *[other] il y a { $count } heures
}
time-ago-days = { $count ->
    [one] il y a 1 jour
   *[other] il y a { $count } jours
}
month-1 = janv.
month-2 = févr.
month-3 = mars
month-4 = avr.
month-5 = mai
month-6 = juin
month-7 = juill.
month-8 = août
month-9 = sept.
month-10 = oct.
month-11 = nov.
month-12 = déc.
weekday-1 = lun.
weekday-2 = mar.
weekday-3 = mer.
weekday-4 = jeu.
weekday-5 = ven.
weekday-6 = sam.
weekday-7 = dim.

## Refus de l’entreprise

refusal-not-founded = Ce nœud n’est pas encore configuré. Lancez d’abord « cosolvent init ».
refusal-already-founded = Ce nœud appartient déjà à une entreprise. Prenez un autre répertoire de données pour une autre entreprise.
refusal-bad-inception = L’acte fondateur de l’entreprise n’est pas signé par sa propre clé racine. Relancez « cosolvent init ».
refusal-not-joined = Ce nœud n’a encore rejoint aucun réseau. Lancez « cosolvent init » avec l’invitation d’un parrain.
refusal-bad-welcome = La réponse du parrain ne convient ni à cette entreprise ni à ce réseau. Demandez-lui une nouvelle invitation.
refusal-no-such-item = Cette ressource ou ce besoin n’existe pas, ou a été retiré.
refusal-no-such-match = Cet avis a disparu ou ne convient plus.
refusal-no-such-deal = Ce dossier n’existe pas.
refusal-no-such-approval = Cette question n’est plus ouverte.
refusal-no-such-person = Cette personne n’est pas inscrite dans l’entreprise.
refusal-key-taken = Cette clé appartient déjà à une autre personne de l’entreprise.
refusal-needs-vouch = Quelqu’un doit répondre de cette inscription avec son propre mot de passe. Personne n’a été inscrit. Adressez-vous à : { $roles }.
refusal-other-vouch = La signature porte sur une autre inscription, ou le registre a changé depuis. Personne n’a été inscrit; réessayez.
refusal-key-revoked = Cette clé a été révoquée et n’est plus jamais inscrite. Inscrivez la personne avec une nouvelle clé.
refusal-operating-key-over = Ce nœud ne peut pas signer pour votre entreprise aujourd’hui. Demandez à la personne qui garde la feuille de secours de lancer « cosolvent keys renew » sur l’ordinateur du nœud; si « cosolvent keys show » y signale une ancienne copie, ce sera « cosolvent keys rotate ».
refusal-other-operating-key = Rien n’a changé : ce changement nomme une clé que ce nœud n’a pas. Demandez à la personne qui garde la feuille de secours de lancer « cosolvent keys renew » ou « cosolvent keys rotate » sur l’ordinateur du nœud lui-même.
refusal-bad-key-events = Rien n’a changé : ce changement ne découle pas des clés actuelles de votre entreprise. Demandez à la personne qui garde la feuille de secours de la vérifier avec « cosolvent keys sheet FICHIER --check » sur l’ordinateur du nœud, puis de relancer la commande.
refusal-own-keys-forked = Quelqu’un d’autre a utilisé la même clé de cette entreprise pour un autre changement; quiconque voit les deux ne croit ni l’un ni l’autre. Prévenez les autres entreprises et votre parrain.
refusal-not-yours = Vos rôles ne permettent pas ceci : { $what }. Rien n’a été fait. Adressez-vous à : { $roles }.
refusal-operator = Personne ne peut faire ceci depuis une page : { $what }. Cela se fait à l’ordinateur du nœud, avec « cosolvent ».
refusal-not-allowed = « { $step } » est refusé à cause de la règle { $rule } de la version { $version } de la politique de votre entreprise. Un propriétaire peut la modifier.
refusal-not-allowed-default = « { $step } » est refusé parce qu’aucune règle de la version { $version } de la politique de votre entreprise ne le permet. Un propriétaire peut la modifier.
refusal-not-told = « { $field } » ne peut être communiqué à « { $step } » à cause de la règle { $rule } de la version { $version } de la politique de votre entreprise. Un propriétaire peut la modifier.
refusal-not-told-default = « { $field } » ne peut être communiqué à « { $step } » parce qu’aucune règle de la version { $version } de la politique de votre entreprise ne le permet. Un propriétaire peut la modifier.
refusal-price = Le prix de l’heure sort de ce que permet la règle { $rule } de la version { $version } de la politique de votre entreprise. Proposez d’autres conditions, ou un propriétaire peut modifier la politique.
refusal-price-default = Le prix de l’heure sort de ce que permet la version { $version } de la politique de votre entreprise. Proposez d’autres conditions, ou un propriétaire peut modifier la politique.
refusal-cap-week = La règle { $rule } de la version { $version } de la politique de votre entreprise permet au plus { $hours } par semaine, et la semaine du { $first } est pleine. La prochaine semaine libre commence le { $next }.
refusal-cap-week-never = La règle { $rule } de la version { $version } de la politique de votre entreprise permet au plus { $hours } par semaine, et la semaine du { $first } est pleine. Aucune semaine d’ici un an n’a assez de place : demandez moins d’heures.
refusal-cap-month = La règle { $rule } de la version { $version } de la politique de votre entreprise permet au plus { $hours } par mois, et le mois du { $first } est plein. Le prochain mois libre commence le { $next }.
refusal-cap-month-never = La règle { $rule } de la version { $version } de la politique de votre entreprise permet au plus { $hours } par mois, et le mois du { $first } est plein. Aucun mois d’ici un an n’a assez de place : demandez moins d’heures.
refusal-hours-uncounted = La règle { $rule } de la version { $version } de la politique de votre entreprise limite ces heures, et sans horaire personne ne les compte. Saisissez-en un d’abord, à partir de la page de la ressource.
refusal-hours-uncounted-default = La version { $version } de la politique de votre entreprise limite ces heures, et sans horaire personne ne les compte. Saisissez-en un d’abord, à partir de la page de la ressource.
refusal-one-person = Vous avez déjà dit oui, et deux personnes différentes doivent le dire. Rien n’est parti : demandez à une autre des personnes qui peuvent décider.
refusal-names-nobody = Personne n’y est nommé : il n’y a ni accord ni libération à donner ou à reprendre.
refusal-not-declined = Seule la personne qui a refusé dit pourquoi. Rien n’a été modifié.
refusal-other-deputy = Quelqu’un a été nommé depuis que vous avez vu la liste, ou la signature est pour une autre suppléance. Rien n’a été modifié : réessayez.
refusal-own-deputy = Personne n’est sa propre suppléance. Nommez quelqu’un d’autre.
refusal-deputy-span = Écrivez des jours qui finissent après avoir commencé, à venir, et au plus 92. Rien n’a été modifié.
refusal-deputy-reach = Une suppléance reçoit une partie ou la totalité de vos rôles, jamais davantage. Les vôtres : { $roles }.
refusal-no-such-deputy = Cette suppléance n’existe pas.
refusal-not-your-deputy = Seuls { $person }, la suppléance ou un propriétaire y mettent fin. Rien n’a été modifié.
refusal-deputy-over = Vous ne pouvez plus décider ceci, car votre suppléance est terminée. Rien n’a été décidé : dites-le à la personne qui vous a nommé.
refusal-as-it-is = Rien à changer : c’est déjà comme vous le voulez.
refusal-own-consent = Seule la personne concernée, { $person }, peut donner cet accord ou le reprendre. Rien n’a été fait.
refusal-own-release = Personne ne se libère soi-même au nom de l’entreprise. Adressez-vous à une autre des personnes qui peuvent décider, ou à un propriétaire.
refusal-unconfirmed = Rien n’a été décidé, car un point n’est pas coché. { $what } Cochez chaque point qui est vrai, ou refusez.
refusal-policy = La règle { $rule } de cette politique ne tient pas; rien n’a été changé. « cosolvent policy set » dit quel champ corriger et comment.
refusal-needs-owners-word = Une politique entre en vigueur sous la signature d’un propriétaire; rien n’a été changé. Exécutez « cosolvent policy set FICHIER --as PROPRIÉTAIRE ».
refusal-other-policy = La politique a changé depuis que vous l’avez vue; rien n’a été changé maintenant. Revoyez-la et refaites la modification.
refusal-not-now = Le dossier n’en est pas à un point où « { $step } » est possible. Sa page dit qui doit agir.
refusal-terms-count = Les conditions ont de 1 à 12 lignes de prix et au plus 12 clauses.
refusal-talk-count = Posez de 1 à { $most } questions différentes à la fois. Rien n’a été demandé.
refusal-talk-again = « { $question } » a déjà été demandé dans ce dossier, et chaque question se pose une fois. Retirez-la.
refusal-talk-open = L’autre partie n’a pas répondu à vos dernières questions. Demandez de nouveau quand elle l’aura fait.
refusal-talk-exhausted = Votre entreprise a demandé { $most } fois, et on n’en lit pas plus dans un dossier. Dites si c’est faisable, ou fermez le dossier.
refusal-talk-not-now = Les questions se posent entre la première réponse et votre accord pour échanger les noms.
refusal-talk-unknown = Aucun recueil de connaissances de ce nœud n’a la question { $question }. On ne peut y répondre que « nous ne le disons pas »; demandez au propriétaire d’ajouter le recueil qui l’a.
refusal-talk-nothing-asked = L’autre partie ne demande rien à quoi l’on puisse répondre maintenant.
refusal-talk-not-asked = L’autre partie ne demande pas « { $question } ». Répondez à ce qui figure sur la page du dossier.
refusal-talk-shape = « { $question } » veut une réponse d’une autre sorte. Choisissez ou écrivez-la comme le formulaire le demande, ou laissez-la de côté.
refusal-terms-sum = Le total n’est pas la somme des lignes, ou les lignes sont en devises différentes.
refusal-terms-days = Le dernier jour des travaux précède le premier.
refusal-lapsed = La question est échue et rien n’a été envoyé. Posez-la de nouveau si elle compte encore.
refusal-not-entitled = Vous ne pouvez pas décider de ceci. La page nomme les rôles qui le peuvent.
refusal-signature = La décision n’est pas signée par votre clé. Rouvrez une session et recommencez.
refusal-no-pass = Votre quota de la semaine est épuisé pour l’instant; le nœud en demande davantage au parrain. Décidez de nouveau dans une minute; rien n’est perdu.
refusal-too-many-guards = Au plus huit premiers relais peuvent être nommés. Rien n’a été modifié.
refusal-used-up = Le quota de cette semaine est épuisé, ou le reste est réservé aux affaires déjà engagées. Le prochain arrive lundi; rien n’est perdu.
refusal-too-long = L’envoi est trop long pour un seul message. Raccourcissez les textes.
may-others = Pour { $what }, adressez-vous à : { $roles }.
refusal-already-signed = Les deux parties ont signé. Terminez plutôt l’engagement par son bilan.

## Champs que l’on peut dire

field-class = Genre
field-process = Procédé ou compétence
field-area = Zone
field-weeks = Semaines
field-hours = Heures
field-materials = Matières
field-tolerance = Tolérance
field-envelope = Plus long côté
field-credentials = Certifications
field-operator = Opérateur
field-presence = Lieu du travail
field-languages = Langues
field-value = Valeur
field-experience = En une phrase ou deux
field-firm-id = Numéro permanent
field-legal-name = Dénomination sociale
field-membership = Adhésion
field-street = Adresse municipale
field-mail = Adresse courriel
field-phone = Téléphone
field-contact = Personne-ressource
field-carrier = Ligne directe
field-terms = Conditions
field-consent = Accord
field-outcome = Bilan
field-docket = Ce qui a été fait
field-travel = Distance que vous feriez
field-conflict-classes = Secteur d’activité
field-questions = Questions que vous posez
field-answers = Autres réponses

## Ce qui peut être demandé, après « pour »

asking-set-up = mettre ce nœud en place
asking-govern = modifier la politique
asking-know = ajouter ou retirer des recueils de connaissances
asking-enrol = inscrire des personnes ou révoquer leurs clés
asking-enrol-owner = inscrire un propriétaire ou révoquer sa clé
asking-enter = saisir des ressources et des besoins
asking-withdraw = retirer ceci
asking-contact = demander s’il faut leur écrire
asking-talk = préparer des questions et des réponses
asking-propose = proposer des conditions
asking-book = retenir ou déplacer des heures
asking-report = dire comment cela s’est terminé
asking-write-down = noter ce qui a été fait
asking-bill = émettre ou annuler des factures
asking-close = clore le dossier
asking-explain = dire pourquoi une question a été refusée
asking-deputise = nommer une suppléance
asking-take-back = reprendre l’accord
asking-recall = reprendre la libération

## Étapes

step-confide = Saisie
step-own-consent = Accord de la personne
step-release = Libération par l’entreprise
step-advertise = Avis
step-match = Jumelage
step-notice = Personne avisée
step-interest = Premier message
step-answer = Réponse
step-talk = Questions
step-viable = Faisabilité
step-opt-in = Accord pour échanger les noms
step-reveal = Échange des noms
step-terms = Conditions
step-acknowledge = Conditions lues
step-sign = Signature
step-start = Début
step-work = Travaux
step-outcome = Bilan

## Vocabulaires

side-offer = votre ressource
side-need = votre besoin

class-machine = Machine
class-machine-with-operator = Machine avec opérateur
class-person-hours = Heures d’une personne
class-expertise = Savoir-faire
class-training = Formation
class-laboratory = Laboratoire ou essai
class-space = Local
class-used-equipment = Équipement usagé
class-credential-coverage = Couverture par une certification
class-material = Matière
class-logistics = Logistique

process-machining-milling-five-axis = Fraisage cinq axes
process-machining-milling-three-axis = Fraisage trois axes
process-machining-turning = Tournage
process-machining-grinding = Rectification
process-machining-edm-wire = Électroérosion à fil
process-machining-boring = Alésage
process-cutting-laser = Découpe au laser
process-forming-stamping = Estampage
process-forming-sheet-bending = Pliage de tôle
process-joining-welding = Soudage
process-casting = Fonderie
process-plastics-injection = Moulage par injection
process-thermal-heat-treatment = Traitement thermique
process-finishing-plating = Placage
process-laboratory-dimensional = Inspection dimensionnelle
process-laboratory-mechanical-tensile = Essai de traction
process-laboratory-non-destructive = Essai non destructif
process-expertise-machining-troubleshooting = Dépannage en usinage
process-expertise-quality-systems = Systèmes qualité
process-expertise-controls-plc = Programmation d’automates
process-expertise-metrology-programming = Programmation de MMT
process-expertise-ot-security = Sécurité des réseaux d’usine
process-assembly = Assemblage
process-space-floor = Surface de plancher

material-titanium = titane
material-nickel-alloy = alliage de nickel
material-aluminium = aluminium
material-stainless-steel = acier inoxydable
material-carbon-steel = acier au carbone
material-tool-steel = acier à outils
material-cast-iron = fonte
material-copper-alloy = alliage de cuivre
material-polymer = polymère
material-composite = composite

credential-as9100d = AS9100D
credential-iso-13485 = ISO 13485
credential-iso-9001 = ISO 9001
credential-iatf-16949 = IATF 16949
credential-iso-iec-17025 = ISO/CEI 17025
credential-cwb = CWB
credential-iatf-16949-lead-auditor = Auditeur principal IATF 16949
credential-iec-62443 = CEI 62443

language-en = anglais
language-fr = français
language-es = espagnol

conflict-class-automotive-maker = constructeur automobile
conflict-class-automotive-supplier = équipementier automobile
conflict-class-aerospace-defence = aérospatiale et défense
conflict-class-rail-marine = ferroviaire et maritime
conflict-class-medical-devices = dispositifs médicaux
conflict-class-energy = énergie
conflict-class-mining = mines
conflict-class-food = alimentation et boissons
conflict-class-agriculture-equipment = machinerie agricole
conflict-class-construction = construction
conflict-class-electronics = électronique
conflict-class-plastics = plasturgie
conflict-class-contract-manufacturing = sous-traitance de fabrication
conflict-class-tooling = outillage, matrices et moules
conflict-class-robotics-automation = robotique et automatisation
conflict-class-education-research = enseignement et recherche
conflict-class-public-sector = secteur public
conflict-class-consultancy = conseil

measure-force-kn = force, kN
measure-mass-kg = masse, kg
measure-length-mm = longueur, mm
measure-depth-mm = profondeur, mm
measure-thickness-mm = épaisseur, mm
measure-temperature-c = température, °C
measure-area-sqft = superficie, pi²
measure-clear-height-ft = hauteur libre, pi
measure-crane-t = pont roulant, t
measure-shot-g = injection, g
measure-pallet-positions = places de palettes
measure-power-hp = puissance, hp
measure-pressure-psi = pression, lb/po²
measure-cleanroom-class = classe de salle blanche, ISO 14644
measure-other = capacité
presence-on-site = sur place
presence-remote = à distance
presence-either = sur place ou à distance

tolerance-5um = ±0,005 mm ou plus fin
tolerance-10um = ±0,01 mm
tolerance-25um = ±0,025 mm
tolerance-50um = ±0,05 mm
tolerance-100um = ±0,1 mm
tolerance-250um = ±0,25 mm
tolerance-coarser = plus large que ±0,25 mm

envelope-100mm = jusqu’à 100 mm
envelope-250mm = jusqu’à 250 mm
envelope-500mm = jusqu’à 500 mm
envelope-1000mm = jusqu’à 1 000 mm
envelope-2000mm = jusqu’à 2 000 mm
envelope-larger = plus de 2 000 mm

hours-up-to-4h = jusqu’à 4 h
hours-5-to-8h = de 5 à 8 h
hours-9-to-16h = de 9 à 16 h
hours-17-to-40h = de 17 à 40 h
hours-41-to-80h = de 41 à 80 h
hours-81-to-160h = de 81 à 160 h
hours-over-160h = plus de 160 h

travel-25km = jusqu’à 25 km
travel-50km = jusqu’à 50 km
travel-100km = jusqu’à 100 km
travel-250km = jusqu’à 250 km
travel-500km = jusqu’à 500 km
travel-anywhere = toute distance

value-up-to-2k-cad = jusqu’à 2 000 $ CAD
value-2k-to-5k-cad = de 2 000 à 5 000 $ CAD
value-5k-to-10k-cad = de 5 000 à 10 000 $ CAD
value-10k-to-25k-cad = de 10 000 à 25 000 $ CAD
value-25k-to-100k-cad = de 25 000 à 100 000 $ CAD
value-over-100k-cad = plus de 100 000 $ CAD

role-owner = propriétaire
role-planner = responsable de la planification
role-approver = responsable de l’approbation
role-signer = signataire
role-expert = spécialiste
role-executor = responsable de l’exécution
role-security = responsable de la sécurité
role-auditor = responsable de l’audit

instrument-capacity-rental = Location de capacité
instrument-spot-job = Travail ponctuel
instrument-consultation = Consultation
instrument-laboratory-test = Essai en laboratoire
instrument-fractional-guidance = Accompagnement à l’heure
instrument-equipment-sale = Vente d’équipement
instrument-space-licence = Permis d’usage d’un espace
instrument-material-lot = Lot de matière
instrument-reciprocity-preference = Préférence réciproque

outcome-completed = mené à terme
outcome-completed-late = mené à terme en retard
outcome-ended-early = terminé avant la fin
outcome-not-started = non commencé

# --- De combien d’entreprises il pourrait s’agir ---
crowd-title = Quelqu’un pourrait-il savoir que c’est vous?
crowd-many = Ce pourrait être n’importe laquelle de { $count } entreprises.
crowd-few = Ce pourrait être n’importe laquelle de { $count } entreprises seulement. Sous 10, songez à en dire moins.
crowd-below = Ce pourrait être l’une de moins de 5 entreprises : qui connaît la région saura peut-être que c’est vous. Seul un propriétaire peut laisser sortir cet avis.
crowd-basis = Calculé d’après ce que votre parrain a compté dans la région, les membres qui peuvent parler cette semaine et les avis que votre nœud entend. Les semaines, les heures, le lieu de travail, les langues, le secteur d’activité et le texte ne sont pas comptés; c’est le secteur d’activité qui restreint le plus.
crowd-singles = Ce qui vous distingue le plus : { $field }.
crowd-gains = Ce que donnerait l’omission d’un seul élément
crowd-least = Omettez au moins : { $what }. Ce pourrait alors être { $firms }.
crowd-again = Poser de nouveau la question avec moins; rien ne part encore
crowd-firms = n’importe laquelle de { $count } entreprises
crowd-firms-below = moins de 5 entreprises
crowd-step-text = le texte
crowd-step-wider-area = la zone exacte (dire la plus grande)
crowd-step-area = la zone (dire tout le marché)
crowd-step-envelope = la taille
crowd-step-wider-tolerance = un cran de tolérance (dire la plus large)
crowd-step-tolerance = la tolérance
crowd-step-one = { $what }
tells-title = Des mots qui pourraient vous trahir
tells-warning = À ces mots, un lecteur pourrait reconnaître votre entreprise, ou une autre. Ils partent avec le texte si vous approuvez.
tells-own-name = le nom de votre entreprise
tells-person = une personne de votre entreprise
tells-street = votre rue
tells-never-said = un mot que votre entreprise ne dit jamais
tells-mail = une adresse de courriel
tells-link = une adresse Web
tells-phone = un numéro de téléphone
tells-name-part = une partie d’un nom de votre entreprise
tells-place = un lieu
tells-part-number = un numéro de pièce
tells-order-number = un numéro de commande
refusal-tells = « { $words } » vous trahit ({ $kind }). Retirez-le du texte; les noms se disent à l’échange des noms.
refusal-stands-out = Entre-temps, ce pourrait être l’une de moins de 5 entreprises. Rien n’est parti; faites poser de nouveau la question, pour que le propriétaire puisse décider.
refusal-silent = Cet élément est muet, donc rien n’est publié. Saisissez-le de nouveau comme avis sommaire ou détaillé.
item-mute = Personne ne peut encore vous trouver ainsi : cet avis n’est pas publié. Votre nœud le compare lui-même { $count ->
    [0] aux avis qu’il entendra; aucun de l’autre partie n’est en vigueur.
    [one] au seul avis en vigueur qu’il entend de l’autre partie.
   *[other] aux { $count } avis en vigueur qu’il entend de l’autre partie.
}

## Calendrier

calendar-title = Calendrier
calendar-link = Heures : installées, offertes, engagées
calendar-lead = Semaine par semaine, les heures où une ressource pourrait tourner (installées), est offerte, et est engagée. Rien de cela ne sort; un avis ne dit que des semaines et une fourchette d’heures.
calendar-empty = Aucune ressource n’a encore d’horaire. Ouvrez une ressource et choisissez « Horaire »; dès qu’une plage est saisie, ses semaines figurent ici.
calendar-week = Semaine du
calendar-installed = Installées
calendar-offered = Offertes
calendar-held = Retenues
calendar-engaged = Engagées
calendar-weeks = Semaines : { $title }
calendar-still-true = Toujours vrai? Personne n’a confirmé cet horaire depuis le { $when }. Il ne compte plus que pour { $share }; après six semaines, rien n’est plus retenu de soi-même.
calendar-confirm = Oui, c’est toujours vrai
calendar-advertise = Demander de publier son avis selon cet horaire
calendar-advertise-hint = Ceci n’envoie rien. On demande à la personne qui peut décider s’il faut publier les semaines où elle est libre et une tranche d’heures; l’horaire lui-même ne sort jamais.
calendar-confirmed = Dernière confirmation : { $when }.
calendar-bookings = Qui a des heures
calendar-until = retenues jusqu’au { $when }, puis de nouveau libres
calendar-committed = engagées; de nouveau libres à la fin du dossier
calendar-not-offered = dont { $hours } que l’horaire n’offre plus
calendar-oddity-never = Le { $day } à { $time }, l’heure avance : ce moment n’existe pas, et la plage compte une heure plus tard.
calendar-oddity-twice = Le { $day } à { $time }, l’heure recule : ce moment revient deux fois, et le premier compte.
refusal-no-timetable = Il n’y a pas d’horaire ici. Saisissez-en un d’abord, à partir de sa page.
refusal-timetable-changed = Quelqu’un a modifié l’horaire depuis que vous l’avez vu. Rien n’a changé : regardez de nouveau et refaites ce qui reste utile.
refusal-timetable-stale = Depuis six semaines, personne n’a dit que l’horaire est toujours vrai. Confirmez-le d’abord, à la page du calendrier.
refusal-nothing-free = Rien n’en est libre dans ses semaines. Ajoutez des plages à son horaire, ou libérez des heures retenues.
refusal-no-hold = Aucune heure n’est retenue pour ce dossier.
refusal-hours-committed = Ces heures sont engagées. Elles seront libres à la fin du dossier.
refusal-pack = Les recueils de connaissances n’ont pas changé. { $why }
refusal-hours-taken = Une partie de ces heures est déjà retenue ou engagée. Choisissez des heures libres, ou libérez d’abord l’autre réservation.
refusal-hours-not-offered = Une partie de ces heures n’est pas offerte. Choisissez des heures de l’horaire, ou ajoutez d’abord une plage.
refusal-hours-notice = Ces heures commencent avant la fin du préavis de cette ressource. Choisissez-en de plus tardives.
refusal-hours-count = Choisissez au moins une plage d’heures.
refusal-hours-batch = C’est moins ou plus d’heures que n’en prend une réservation de cette ressource. Choisissez-en d’autres, ou modifiez l’horaire.
refusal-hours-too-few = Seulement { $free } sur { $wanted } sont libres entre ces jours. Rien n’est sorti : proposez d’autres jours ou moins d’heures, ou libérez-en.

## Horaire d’un élément

timetable-title = Horaire : { $title }
timetable-link = Horaire : saisir des heures
timetable-lead = Quand ceci est offert et quand non. Rien ne sort de votre entreprise; un avis ne dit que des semaines et une fourchette d’heures.
timetable-windows = Plages
timetable-none = Aucune plage encore. Dès qu’une plage est ajoutée plus bas, les heures sont comptées, retenues et engagées selon cet horaire.
timetable-outlook = Six semaines, jour par jour
timetable-before = Vérifiez avant d’enregistrer
timetable-before-lead = Rien n’est encore enregistré. Voici ce que ferait votre changement.
timetable-lost = Des dossiers ont { $hours } qui ne seraient plus offertes. Ils les gardent; rien n’est annulé.
window-add = Ajouter une plage
window-kind = Genre
window-open = offerte
window-shut = non offerte
window-shut-why = non offerte (entretien, travail propre)
window-days = Jours de la semaine
window-starts = De
window-starts-hint = Par exemple 15 h ou 15 h 30.
window-ends = À
window-ends-hint = Par exemple 23 h 00. Une heure plus tôt est celle du lendemain; 24 h 00 termine la journée.
window-first = Premier jour
window-last = Dernier jour
window-except = Jours exclus
window-except-hint = Jours où elle ne commence pas, comme 2027-03-26, séparés par des virgules. Peut rester vide.
window-zone = Fuseau horaire
window-zone-hint = À l’horloge de quel lieu, par exemple America/Toronto.
window-look = Voir d’abord les six semaines
window-look-hint = Ceci n’enregistre rien encore.
window-save = Enregistrer cette plage
window-change = Modifier quelque chose
window-remove = Enlever…
window-take-out = Enlever cette plage
window-number = Nº
window-numbered = { $number }
window-times = Heures
window-span = Du premier au dernier jour
window-times-over = { $count ->
    [one] une fois
   *[other] { $count } fois
}
window-hours = de { $from } à { $to }
window-overnight = de { $from } à { $to } le lendemain
window-long = de { $from } à { $to }, { $days } jours plus tard
window-from-to = du { $from } au { $to }
window-oddity-hint = Si ce n’est pas voulu, choisissez d’autres heures ou excluez ce jour.
outlook-zone = Heures de { $zone }
outlook-comes = ajout
outlook-goes = retrait
clock = { $hour } h { $minute }
clock-midnight = 24 h 00
fault-clock = Entrez une heure, par exemple 15 h 00.
fault-window-days = Choisissez au moins un jour de la semaine.
fault-window-no-length = La plage n’aurait aucune durée. Entrez une autre fin; de 00 h 00 à 24 h 00, c’est une journée entière.
fault-window-no-day = Aucun des jours choisis ne tombe entre le premier et le dernier jour. Choisissez d’autres jours, ou un dernier jour plus tardif.
fault-window-endless = Sans dernier jour, la plage ne finirait jamais. Entrez-en un; six semaines iraient jusqu’au { $day }.
fault-window-over = Ces jours sont passés. Entrez un dernier jour à partir du { $day }.
fault-window-dates = « { $word } » n’est pas une date. Écrivez les jours comme 2027-03-26, séparés par des virgules.
fault-zone = « { $name } » n’est pas le nom d’un fuseau horaire. Écrivez-le comme { $meant }.
fault-window-overlap = La plage offerte { $number } a déjà des heures le { $on }. Terminez l’une des deux plus tôt, ou excluez ce jour.
fault-window-jumped = Le changement d’heure saute toute la plage. Choisissez d’autres heures.
fault-windows-too-many = Un horaire a au plus { $most } plages. Enlevez celles qui sont passées.
fault-notice-or-batch = Le préavis, ou le moins et le plus d’heures par réservation, ne peut pas être tel que saisi. Corrigez avec « cosolvent calendar limit ».
fault-window-length = La plage doit finir après son début, et avant son prochain début. Entrez une autre fin.
fault-window-year = Entrez une année de { $first } à { $last }.
fault-window-not-one-of = La plage ne commence de toute façon pas le { $day }. Enlevez ce jour de la liste.
fault-window-too-often = Une plage revient au plus { $most } fois. Entrez un dernier jour plus proche.
fault-window-too-far = Une plage dure au plus { $years } ans. Entrez un dernier jour jusqu’au { $day }.
fault-window-nothing = Tous ses jours sont exclus. Enlevez-en de la liste.
refusal-site = Le fuseau, les quarts ou les congés de l’entreprise ne peuvent pas être tels que saisis. Rien n’a changé : la ligne de commande dit pourquoi.

## Conditions : sujets et réponses

topic-intellectual-property = À qui appartient ce qui résulte du travail
topic-confidentiality = Combien de temps ce qu’on apprend reste secret
topic-hint-confidentiality = À compter du dernier jour des travaux.
topic-cross-client-secrecy = Secret entre clients
topic-hint-cross-client-secrecy = Gardé : rien de ce qui est appris ici n’est dit à un autre client ni utilisé pour lui, et rien du sien n’est apporté ici.
topic-liability-cap = Maximum qu’une partie peut devoir à l’autre pour un dommage
topic-insurance = Preuve d’assurance
topic-hint-insurance = Ou écrivez où elle est : assureur, numéro, échéance.
topic-scrap = Qui supporte le coût des rebuts
topic-customer-material = Qui supporte la perte de la matière qui appartient à la partie qui cherche
topic-supplies-material = Qui fournit la matière
topic-supplies-tooling = Qui fournit l’outillage et les montages
topic-supplies-programs = Qui fait les programmes
topic-operator = Qui amène l’opérateur
topic-quality = Quelle qualité est demandée
topic-in-process-inspection = Qui inspecte pendant le travail
topic-final-inspection = Qui inspecte à la fin
topic-inspection-scope = Ce qui est inspecté
topic-non-compete = Ce qu’aucune partie ne sollicite
topic-hint-non-compete = Les clients ou le personnel de l’autre partie.
topic-non-compete-months = Combien de temps rien n’est sollicité
topic-taxes = Taxes
topic-governing-law = Quel droit s’applique
topic-record-language = Langue qui fait foi
topic-hint-record-language = Si deux versions diffèrent, celle-ci compte.
topic-payment-days = Quand on paie
topic-hint-payment-days = Jours après la facture.
topic-payment-method = Comment on paie
topic-mediator = Qui sert de médiateur
topic-move-notice = Préavis pour déplacer un moment
topic-cancel-notice = Préavis pour annuler
topic-reciprocity = Qui pense d’abord à l’autre la prochaine fois
topic-hint-reciprocity = Une préférence : elle n’engage personne.
topic-weekly-hours = Maximum d’heures par semaine
topic-report = Quel rapport est remis
topic-samples = Ce que deviennent les échantillons
topic-condition = Dans quel état on vend
topic-material-certificate = Certificat de la matière
topic-title = Quand la propriété passe
topic-transport = Qui s’occupe du transport
topic-delivery-day = Jour de livraison
topic-access = Quand il y a accès
topic-deposit = Dépôt
choice-offering-side = la partie qui offre
choice-needing-side = la partie qui cherche
choice-both-sides = les deux parties
choice-third-party = quelqu’un d’autre
choice-none = aucun
choice-unlimited = sans limite
choice-price = le prix
choice-twice-price = deux fois le prix
choice-kept = gardé
choice-shown = déjà montrée
choice-before-start = montrée avant le début
choice-drawing = selon le dessin
choice-iso-9001 = sous ISO 9001
choice-as9100 = sous AS9100
choice-iso-13485 = sous ISO 13485
choice-iatf-16949 = sous IATF 16949
choice-iso-17025 = sous ISO/IEC 17025
choice-every-piece = chaque pièce
choice-sample = un échantillon
choice-first-piece = la première pièce
choice-customers = les clients
choice-staff = le personnel
choice-customers-and-staff = les clients et le personnel
choice-added = en sus du prix
choice-included = comprises dans le prix
choice-exempt = aucune n’est due
choice-transfer = par virement
choice-cheque = par chèque
choice-card = par carte
choice-in-advance = à l’avance
choice-english = anglais
choice-french = français
choice-signed = un rapport signé
choice-countersigned = un rapport à deux signatures
choice-accredited = un rapport accrédité
choice-returned = rendus
choice-retained = gardés par la partie qui offre
choice-destroyed = détruits
choice-as-is = tel quel
choice-tested = essayé
choice-warranted = avec garantie
choice-mill-certificate = un certificat d’usine
choice-on-delivery = à la livraison
choice-on-payment = au paiement
choice-working-hours = aux heures de travail
choice-any-time = en tout temps
choice-escorted = accompagné
choice-alberta = Alberta
choice-british-columbia = Colombie-Britannique
choice-manitoba = Manitoba
choice-new-brunswick = Nouveau-Brunswick
choice-newfoundland-and-labrador = Terre-Neuve-et-Labrador
choice-nova-scotia = Nouvelle-Écosse
choice-ontario = Ontario
choice-prince-edward-island = Île-du-Prince-Édouard
choice-quebec = Québec
choice-saskatchewan = Saskatchewan
choice-northwest-territories = Territoires du Nord-Ouest
choice-nunavut = Nunavut
choice-yukon = Yukon

terms-provisions = Ce qui vaut aussi
terms-required = Ce qu’il faut dire
terms-required-hint = Personne ici ne signe tant qu’une de ces réponses manque ou reste ouverte. Ce qui est rempli est une proposition, à changer au besoin.
terms-we-offer = Vous êtes la partie qui offre.
terms-we-need = Vous êtes la partie qui cherche.
terms-optional = Ce qu’on peut dire aussi
terms-optional-hint = Laissez de côté ce que vous ne voulez pas régler.
terms-further = Tout ce que des conditions peuvent régler d’autre
terms-must = exigé
terms-asked-by = demandé par le recueil de connaissances { $pack }
terms-show = Montrer ce que cette forme demande
terms-unsaid = rien n’est dit
terms-own = autre chose, écrite plus bas
terms-own-empty = votre réponse
terms-own-label = { $topic } : votre réponse
terms-withheld = pas encore dit, laissé ouvert
terms-conditions = Réserves du jumelage
terms-conditions-hint = Le jumelage ne tient que si cela est fait. Dites qui lève la réserve et comment on le montre; personne ne signe avant.
terms-by = Ce qui la lève
terms-evidence = Preuve : numéro, échéance, qui la garde
terms-fulfils = { $rule } ({ $pack }) : { $by } · Preuve : { $evidence }
terms-lacks = Pas prêt à signer
terms-lacks-text = Cette version n’est pas signée ici, et la signature de l’autre partie n’est pas retenue, tant que ceci est ouvert :
terms-lacks-do = Proposez la version suivante avec cela, ou demandez-le à l’autre partie. Une version seulement lue ne lie personne.
terms-next = Proposer la version suivante
told-heading = { $heading } :
told-pair = { $what } : { $value }
lack-missing = il manque : { $topic }
lack-withheld = laissé ouvert : { $topic }
lack-condition = comment la réserve { $rule } de { $pack } est levée
lack-refused = cette version a été signée là-bas quand il manquait quelque chose ici; il en faut une nouvelle
fault-number-most = Entrez un nombre entier de 0 à { $most }.
fault-own-or-choice = Choisissez dans la liste ou écrivez votre réponse, pas les deux.
fault-fulfil = Dites ce qui lève la réserve et où est la preuve, ou laissez les deux vides.
refusal-terms-provision = Un sujet des conditions reçoit deux réponses, ou une réponse qu’il ne peut avoir.
refusal-incomplete = Il manque aux conditions ce sans quoi personne ne signe ici : { $lacks }. Proposez la version suivante avec cela, ou demandez-le à l’autre partie.
measure-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
measure-months = { $count } mois
measure-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
measure-unit-days = jours
measure-unit-months = mois
measure-unit-hours = heures
