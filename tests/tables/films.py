"""Twenty films, of which the exports of tests/tables are made. The plots are invented."""

COLUMNS = "names date_x score genre overview crew orig_title status orig_lang budget_x revenue country".split()

# Titles and crews in letters of the West, of Central Europe, and in Cyrillic ones: no old encoding has all of them.
WESTERN = [
    ("Le Fabuleux Destin d'Amélie Poulain", "Audrey Tautou, Mathieu Kassovitz"),
    ("La Grande Illusion", "Jean Gabin, Erich von Stroheim"),
    ("À bout de souffle", "Jean-Luc Godard, François Truffaut"),
    ("Les Quatre Cents Coups", "Jean-Pierre Léaud, Albert Rémy"),
    ("Cœur fidèle", "Léon Mathot, Gina Manès"),
    ("Mujeres al borde de un ataque de nervios", "Carmen Maura, Pedro Almodóvar"),
    ("El espíritu de la colmena", "Ana Torrent, Víctor Erice"),
    ("¡Átame!", "Victoria Abril, Antonio Banderas"),
    ("Das Cabinet des Dr. Caligari", "Werner Krauß, Friedrich Fehér"),
    ("Der müde Tod", "Lil Dagover, Bernhard Götzke"),
    ("Fröken Julie", "Anita Björk, Ulf Palme"),
    ("Smultronstället", "Victor Sjöström, Bibi Andersson"),
    ("Babettes gæstebud", "Stéphane Audran, Bodil Kjer"),
    ("O Pagador de Promessas", "Leonardo Villar, Glória Menezes"),
    ("Cinema Paradiso", "Philippe Noiret, Salvatore Cascio"),
    ("1917", "George MacKay, Dean-Charles Chapman"),
    ("Børn", "Gísli Örn Garðarsson, Ólafur Darri"),
    ("8½", "Marcello Mastroianni, Federico Fellini"),
    ("Die Blechtrommel", "David Bennent, Volker Schlöndorff"),
    ("Mißverständnis", "Jürgen Prochnow, Günter Lamprecht"),
]
CENTRAL = [
    ("Człowiek z żelaza", "Jerzy Radziwiłowicz, Krystyna Janda"),
    ("Popiół i diament", "Zbigniew Cybulski, Ewa Krzyżewska"),
    ("Nóż w wodzie", "Leon Niemczyk, Jolanta Umecka"),
    ("Krótki film o miłości", "Grażyna Szapołowska, Olaf Lubaszenko"),
    ("Ziemia obiecana", "Daniel Olbrychski, Wojciech Pszoniak"),
    ("Rękopis znaleziony w Saragossie", "Zbigniew Cybulski, Iga Cembrzyńska"),
    ("Ostře sledované vlaky", "Václav Neckář, Jitka Bendová"),
    ("Lásky jedné plavovlásky", "Hana Brejchová, Vladimír Pucholt"),
    ("Hoří, má panenko", "Jan Vostrčil, Josef Šebánek"),
    ("Spalovač mrtvol", "Rudolf Hrušínský, Vlasta Chramostová"),
    ("Markéta Lazarová", "Magda Vášáryová, František Velecký"),
    ("Sedmikrásky", "Jitka Cerhová, Ivana Karbanová"),
    ("Obchod na korze", "Jozef Kroner, Ida Kamińska"),
    ("Szegénylegények", "János Görbe, Zoltán Latinovits"),
    ("Szerelmesfilm", "András Bálint, Judit Halász"),
    ("1917", "Jerzy Stuhr, Zbigniew Zapasiewicz"),
    ("Tri oříšky pro Popelku", "Libuše Šafránková, Pavel Trávníček"),
    ("Żywot Mateusza", "Franciszek Pieczka, Anna Milewska"),
    ("Constans", "Tadeusz Bradecki, Zofia Mrozowska"),
    ("Przesłuchanie", "Krystyna Janda, Adam Ferency"),
]
CYRILLIC = [
    ("Броненосец Потёмкин", "Александр Антонов, Владимир Барский"),
    ("Человек с киноаппаратом", "Михаил Кауфман, Дзига Вертов"),
    ("Летят журавли", "Татьяна Самойлова, Алексей Баталов"),
    ("Баллада о солдате", "Владимир Ивашов, Жанна Прохоренко"),
    ("Иваново детство", "Николай Бурляев, Валентин Зубков"),
    ("Андрей Рублёв", "Анатолий Солоницын, Иван Лапиков"),
    ("Солярис", "Донатас Банионис, Наталья Бондарчук"),
    ("Зеркало", "Маргарита Терехова, Игнат Данильцев"),
    ("Сталкер", "Александр Кайдановский, Анатолий Солоницын"),
    ("Иди и смотри", "Алексей Кравченко, Ольга Миронова"),
    ("Москва слезам не верит", "Вера Алентова, Ирина Муравьёва"),
    ("Кин-дза-дза!", "Станислав Любшин, Евгений Леонов"),
    ("Тіні забутих предків", "Іван Миколайчук, Лариса Кадочникова"),
    ("Земля", "Степан Шкурат, Семён Свашенко"),
    ("Служебный роман", "Алиса Фрейндлих, Андрей Мягков"),
    ("1917", "Николай Черкасов, Борис Щукин"),
    ("Ирония судьбы", "Андрей Мягков, Барбара Брыльска"),
    ("Восхождение", "Борис Плотников, Владимир Гостюхин"),
    ("Цвет граната", "Софико Чиаурели, Мелкон Алекян"),
    ("Белое солнце пустыни", "Анатолий Кузнецов, Спартак Мишулин"),
]
SETS = {
    "western": WESTERN,
    "central": CENTRAL,
    "cyrillic": CYRILLIC,
    "every": WESTERN[:7] + CENTRAL[7:14] + CYRILLIC[14:19] + [("七人の侍", "三船敏郎, 志村喬")],
}
PLOTS = [
    "A story with commas, semicolons; and tabs' friends.",
    'He said "no", and left.\nThe next day he came back.',
    "She waits.",
    "",
    "Two brothers | one farm.",
]
GENRES = ["Drama", "Drama, Romance", "Comedy, Drama, War", "Crime"]
STATUSES = ["Released", "Released", "Post Production", "In Production"]
LANGUAGES = ["French", "Spanish, Castilian", "German"]
COUNTRIES = ["FR", "ES", "DE", "SE", ""]


def films(name):
    """The films of a set: dates as (year, month, day), numbers as numbers, `None` for what is not known."""
    made = []
    for place, (title, crew) in enumerate(SETS[name]):
        made.append({
            "names": title,
            "date_x": (1919 + 5 * place, place % 12 + 1, (7 * place) % 28 + 1),
            "score": 51.5 + 2 * place,
            "genre": GENRES[place % 4],
            "overview": PLOTS[place % 5],
            "crew": crew,
            "orig_title": title,
            "status": STATUSES[place % 4],
            "orig_lang": LANGUAGES[place % 3],
            "budget_x": None if place == 3 else 11_000_000 + 250_000.5 * place,
            "revenue": 2_923_706_026 if place == 7 else 1_000_000.25 * (place + 1),
            "country": COUNTRIES[place % 5],
        })
    return made
