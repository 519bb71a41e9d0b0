"""Words that say nothing against a value beside them: articles, prepositions, talk of servers. Knows no grammar."""

from __future__ import annotations

from groundplan.readers._words import words

ENGLISH = words(
    "a an the this that these i we it our ours my us me let lets let's i'd we'd i'll we'll i'm we're it's its that's "
    "is are be been am will shall should must can need needs have has had want like love prefer got get gets go goes "
    "going gonna put use using choose chose pick picked take keep kept stay stays run runs running ran make makes "
    "host hosts hosted hosting deploy deployed deploying serve serves start starts launch live lives sit sits stand "
    "say add do does did looking happy fits fit lands land comes come set aim aiming target targeting pin pinned in "
    "on at to for of from by with within near nearby close closer closest next around inside into onto via as and or "
    "plus so then here there where which what when everything all only just simply exactly definitely certainly "
    "strictly sure yes yep yeah ok okay please pls thanks hi hello honestly clearly obviously well also too still "
    "even always really single one two both primary first region regions zone zones area location locations place "
    "data datacenter datacentre center centre server servers box boxes machine machines vm vms instance instances "
    "cluster app apps application applications backend api site sites service services workload workloads stack infra "
    "infrastructure deployment deployments prod production setup environment environments env envs cloud provider "
    "account project product platform stuff thing things somewhere anywhere preferably nearest cheapest best fine "
    "good great default main home base compute storage database db cost costs monthly bill bills money spend spending "
    "total overall each per every everybody everyone else company figure number amount answer ideally stick sticking "
    "because since anything under below over max maximum cap capped limit budget hard soft strict stop new small tiny "
    "big side hobby pet little more less than much most some any few whole entire current today now west east north "
    "south central above up hundred finance management gave given gives give read reads write writes warm cold hot "
    "active copy cross policy rto rpo sla latency dns geo route53 routing geographic cdn behind replica replicas fly "
    "tax vat gst incl including excl excluding net gross ex inclusive exclusive staging stage dev test testing "
    "preview qa vps droplet plan tier possible happily comfortable willing able afford allowed allow planned pay "
    "paying"
)
GERMAN = words(
    "der die das den dem des ein eine einen einem einer wir ich uns unser unsere unseren mein meine es ist sind sein "
    "soll sollen sollte muss mussen wird werden will wollen mochte mochten brauchen nehmen nehme nimm lauft laufen "
    "liegt liegen steht stehen hosten gehostet betreiben betrieben bitte gerne gern am liebsten einfach nur ganz auf "
    "in im bei zu zum zur fur von vom mit und oder als an aus alles alle hier dort wo rechenzentrum standort "
    "hauptstandort server anwendung dienst nahe nah moglichst besten starten kosten pro nicht mehr insgesamt gesamt "
    "gibt haben hat kann mw st moglich unter bis max hochstens maximal inkl zzgl exkl mwst brutto netto jahrlich "
    "lieber bloss rund etwa ca konnen darf durfen budget hosting betrieb primar auch noch so also"
)
ROMANCE = words(
    "le la les l un une des du de d en a au aux nous on je notre nos mon ma est sont doit doivent faut voudrais "
    "voulons prefere preferons prend prends prenons choisis choisissons met mettons heberge hebergement tout tous "
    "uniquement simplement merci svp pour avec chez dans sur pres proche plus serveur serveurs c' ca que qui et ou "
    "commencer el los las una del al nosotros queremos quiero usamos usar necesitamos debe deben tiene tenemos todo "
    "toda solo por favor para con cerca lo mas posible servidor servidores aplicacion produccion es esta sera alojar "
    "alojado desplegar preferimos asi no y o unos unas como mucho em na os as com il gli nel nella di da per het een "
    "op voor naar possible ttc ht hors taxes iva sous jusqu maximum coute cuesta depenser gastar seria moins mois mes "
    "meses rien l' d' j' c'est j'ai s'il vous plait ne pas"
)
PLAIN = ENGLISH | GERMAN | ROMANCE
