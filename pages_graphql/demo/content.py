"""Kettle & Leaf, a tea shop that does not exist: its pages and menus in English, German and Russian."""

from pages_graphql.demo.site import Bar, Entry, Line, Opening, Text, Words

HOME = Entry(
    "home",
    {
        "en": Text(
            "Kettle & Leaf",
            "home",
            "A small shop for **loose leaf tea**. We taste everything before we buy it, and buy little at a time.\n\n"
            "Not sure where to begin? Our [guide to brewing](/brewing) takes three minutes, like most teas.",
            "A small shop for loose leaf tea, with a guide to brewing it well.",
        ),
        "de": Text(
            "Kettle & Leaf",
            "start",
            "Ein kleiner Laden für **losen Tee**. Wir probieren alles, bevor wir es kaufen, und kaufen nie viel auf einmal.\n\n"
            "Womit anfangen? Unsere [Anleitung](/de/zubereitung) dauert drei Minuten, so lange wie die meisten Tees.",
            "Ein kleiner Laden für losen Tee, mit einer Anleitung, wie er gelingt.",
        ),
        "ru": Text(
            "Kettle & Leaf",
            "главная",
            "Маленький магазин **листового чая**. Мы пробуем каждый чай, прежде чем купить его, и покупаем понемногу.\n\n"
            "Не знаете, с чего начать? [Как заваривать чай](/ru/как-заваривать) — это чтение на три минуты.",
            "Маленький магазин листового чая и советы, как его заваривать.",
        ),
    },
    opening=Opening(
        {
            "en": Words("Tea from small gardens", "Picked by hand, packed on Tuesdays.", "See our teas"),
            "de": Words("Tee aus kleinen Gärten", "Von Hand gepflückt, dienstags verpackt.", "Unsere Tees"),
            "ru": Words("Чай из маленьких садов", "Собран вручную, упакован во вторник.", "Смотреть чай"),
        },
        page="teas",
    ),
    notes={
        "en": "This week on the counter: a sencha that smells of cut grass.",
        "de": "Diese Woche auf der Theke: ein Sencha, der nach frisch gemähtem Gras duftet.",
        "ru": "На этой неделе на прилавке: сенча с запахом скошенной травы.",
    },
)

PAGES = (
    Entry(
        "teas",
        {
            "en": Text(
                "Our teas", "teas", "Forty teas, four shelves. Each tin says who grew it and when it was picked."
            ),
            "de": Text(
                "Tees",
                "tees",
                "Vierzig Tees, vier Regale. Auf jeder Dose steht, wer ihn angebaut hat und wann er gepflückt wurde.",
            ),
            "ru": Text(
                "Чай",
                "чай",
                "Сорок сортов на четырёх полках. На каждой банке написано, кто вырастил чай и когда его собрали.",
            ),
        },
    ),
    Entry(
        "green",
        {
            "en": Text(
                "Green tea",
                "green-tea",
                "Steamed or pan-fired within hours, so the leaf stays green.\n\n- 70 to 80 °C\n- two minutes\n- good for three cups",
            ),
            "de": Text(
                "Grüner Tee",
                "gruener-tee",
                "Wenige Stunden nach der Ernte gedämpft oder geröstet, damit das Blatt grün bleibt.\n\n- 70 bis 80 °C\n- zwei Minuten\n- gut für drei Aufgüsse",
            ),
            "ru": Text(
                "Зелёный чай",
                "зелёный-чай",
                "Лист пропаривают или обжаривают в первые часы, поэтому он остаётся зелёным.\n\n- 70–80 °C\n- две минуты\n- хватает на три заварки",
            ),
        },
        parent="teas",
    ),
    Entry(
        "sencha",
        {
            "en": Text(
                "Sencha from Uji",
                "sencha",
                "Bright, a little salty, with a long finish. The first harvest arrives in June.",
            ),
            "de": Text(
                "Sencha aus Uji",
                "sencha",
                "Hell, ein wenig salzig, mit langem Nachklang. Die erste Ernte kommt im Juni.",
            ),
        },
        parent="green",
    ),
    Entry(
        "black",
        {
            "en": Text(
                "Black tea", "black-tea", "From malty Assam to light Darjeeling. Boiling water, three to four minutes."
            ),
            "de": Text(
                "Schwarzer Tee",
                "schwarzer-tee",
                "Vom malzigen Assam bis zum leichten Darjeeling. Kochendes Wasser, drei bis vier Minuten.",
            ),
            "ru": Text(
                "Чёрный чай", "чёрный-чай", "От солодового ассама до лёгкого дарджилинга. Кипяток, три-четыре минуты."
            ),
        },
        parent="teas",
    ),
    Entry(
        "oolong",
        {
            "en": Text(
                "Oolong",
                "oolong",
                "Between green and black, and nothing like either. Ours come from three families in Nantou.",
            )
        },
        parent="teas",
    ),
    Entry(
        "herbal",
        {
            "en": Text(
                "Herbal infusions", "herbal", "No tea leaf at all: mint, verbena, lime blossom. For the evening."
            ),
            "de": Text("Kräutertee", "kraeutertee", "Ganz ohne Teeblatt: Minze, Verbene, Lindenblüten. Für den Abend."),
            "ru": Text(
                "Травяной чай", "травяной-чай", "Совсем без чайного листа: мята, вербена, липовый цвет. Для вечера."
            ),
        },
        parent="teas",
    ),
    Entry(
        "brewing",
        {
            "en": Text(
                "How to brew",
                "brewing",
                "Three things decide: how much leaf, how hot the water, how long.\n\n"
                "1. Take two grams for a cup.\n2. Let boiling water stand for a moment before it meets green tea.\n3. Take the leaf out when the time is up.",
                "Leaf, water, time: how to brew tea that is neither thin nor bitter.",
            ),
            "de": Text(
                "Zubereitung",
                "zubereitung",
                "Drei Dinge entscheiden: wie viel Blatt, wie heiß das Wasser, wie lange.\n\n"
                "1. Zwei Gramm je Tasse nehmen.\n2. Kochendes Wasser für grünen Tee kurz stehen lassen.\n3. Das Blatt herausnehmen, wenn die Zeit um ist.",
                "Blatt, Wasser, Zeit: Tee, der weder dünn noch bitter ist.",
            ),
            "ru": Text(
                "Как заваривать",
                "как-заваривать",
                "Важны три вещи: сколько листа, насколько горяча вода и сколько времени.\n\n"
                "1. Возьмите два грамма на чашку.\n2. Для зелёного чая дайте кипятку немного остыть.\n3. Выньте лист, когда время вышло.",
                "Лист, вода, время: как заварить чай, чтобы он не был ни слабым, ни горьким.",
            ),
        },
        opening=Opening(
            {
                "en": Words("Three minutes", "That is all a good cup asks for.", "Find a green tea"),
                "de": Words("Drei Minuten", "Mehr verlangt eine gute Tasse nicht.", "Grünen Tee finden"),
                "ru": Words("Три минуты", "Больше хорошей чашке не нужно.", "Выбрать зелёный чай"),
            },
            page="green",
        ),
        notes={
            "en": "Hard water makes tea dull. A simple filter helps more than a better teapot.",
            "de": "Hartes Wasser macht Tee stumpf. Ein einfacher Filter hilft mehr als eine bessere Kanne.",
            "ru": "Жёсткая вода делает чай тусклым. Простой фильтр помогает больше, чем хороший чайник.",
        },
    ),
    Entry(
        "cold",
        {
            "en": Text(
                "Cold brew",
                "cold-brew",
                "Ten grams, a litre of cold water, a night in the fridge. It cannot get bitter.",
            ),
            "de": Text(
                "Kalter Tee",
                "kalter-tee",
                "Zehn Gramm, ein Liter kaltes Wasser, eine Nacht im Kühlschrank. Bitter wird er nie.",
            ),
        },
        parent="brewing",
    ),
    Entry(
        "about",
        {
            "en": Text(
                "About us",
                "about",
                "Two people, one counter, and a kettle that is never cold. We opened in a former bakery in 2011.",
            ),
            "de": Text(
                "Über uns",
                "ueber-uns",
                "Zwei Leute, eine Theke und ein Kessel, der nie kalt wird. Seit 2011 in einer ehemaligen Bäckerei.",
            ),
            "ru": Text(
                "О нас",
                "о-нас",
                "Два человека, один прилавок и чайник, который не остывает. Мы открылись в бывшей пекарне в 2011 году.",
            ),
        },
    ),
    Entry(
        "gardens",
        {
            "en": Text(
                "The gardens we buy from",
                "gardens",
                "Eleven gardens, most no larger than a football pitch. We have visited nine of them.",
            ),
            "de": Text(
                "Die Gärten",
                "gaerten",
                "Elf Gärten, die meisten nicht größer als ein Fußballfeld. Neun davon haben wir besucht.",
            ),
            "ru": Text(
                "Чайные сады",
                "сады",
                "Одиннадцать садов, почти все не больше футбольного поля. В девяти из них мы были.",
            ),
        },
        parent="about",
    ),
    Entry(
        "visit",
        {
            "en": Text(
                "Visit the shop",
                "contact",
                "Tuesday to Saturday, ten to six. Ring the bell if the door sticks; it does when it rains.",
            ),
            "de": Text(
                "Besuch im Laden",
                "besuch",
                "Dienstag bis Samstag, zehn bis achtzehn Uhr. Bitte klingeln, wenn die Tür klemmt; bei Regen tut sie das.",
            ),
            "ru": Text(
                "Приходите в магазин",
                "магазин",
                "Со вторника по субботу, с десяти до шести. Если дверь заело, позвоните: в дождь с ней это бывает.",
            ),
        },
    ),
    Entry(
        "delivery",
        {
            "en": Text(
                "Delivery and returns",
                "delivery",
                "We post on Tuesdays and Fridays. Sealed tins come back within thirty days, no questions.",
            ),
            "de": Text(
                "Versand und Rückgabe",
                "versand",
                "Wir verschicken dienstags und freitags. Verschlossene Dosen nehmen wir dreißig Tage lang zurück.",
            ),
            "ru": Text(
                "Доставка и возврат",
                "доставка",
                "Отправляем по вторникам и пятницам. Закрытые банки принимаем обратно в течение тридцати дней.",
            ),
        },
    ),
    Entry(
        "imprint",
        {
            "en": Text("Imprint", "imprint", "Kettle & Leaf is made up, and so is its address."),
            "de": Text("Impressum", "impressum", "Kettle & Leaf ist erfunden, und seine Adresse auch."),
        },
    ),
    Entry(
        "tasting",
        {
            "en": Text(
                "Spring tasting",
                "spring-tasting",
                "Eight first-flush teas on one evening. *Still to be decided: which evening.*",
            ),
            "de": Text(
                "Frühlingsverkostung",
                "fruehlingsverkostung",
                "Acht Tees der ersten Ernte an einem Abend. *Noch offen: an welchem.*",
            ),
        },
        is_published=False,
    ),
)

RENAMED = ("visit", "en", "visit")
"""A page, a locale, and the slug that the page gets after it was live under another: a former path to try."""

MENUS = (
    Bar(
        "main",
        "HEADER",
        {"en": "Main menu", "de": "Hauptmenü", "ru": "Главное меню"},
        (
            Line("teas", below=(Line("green"), Line("black"), Line("oolong"), Line("herbal"))),
            Line("brewing", below=(Line("cold"),)),
            Line("about", below=(Line("gardens"),)),
            Line("visit"),
            Line("tasting"),
        ),
    ),
    Bar(
        "footer",
        "FOOTER",
        {"en": "Footer", "de": "Fußzeile", "ru": "Подвал"},
        (
            Line(
                labels={"en": "Good to know", "de": "Gut zu wissen", "ru": "Полезное"},
                below=(Line("delivery"), Line("imprint")),
            ),
            Line(
                url="mailto:tea@demo.example",
                labels={"en": "Write to us", "de": "Schreiben Sie uns", "ru": "Напишите нам"},
            ),
        ),
    ),
)
