//! What invented movies are put together from.

/// First words of titles; as many as [`TITLE_NOUNS`], together a power of two.
pub(super) const TITLE_ADJECTIVES: [&str; 64] = [
    "Silent", "Golden", "Hidden", "Broken", "Last", "Burning", "Frozen", "Distant", "Crimson", "Hollow",
    "Restless", "Forlorn", "Velvet", "Iron", "Roaming", "Secret", "Midnight", "Paper", "Electric", "Lonely",
    "Savage", "Gentle", "Endless", "Bitter", "Torn", "Emerald", "Drifting", "Stolen", "Quiet", "Radiant",
    "Fallen", "Crooked", "Painted", "Sleeping", "Borrowed", "Scarlet", "Winter", "Northern", "Unseen",
    "Reckless", "Tender", "Glass", "Copper", "Haunted", "Sunken", "Faithful", "Blind", "Wild", "Honest",
    "Perfect", "Second", "Daring", "Rising", "Slow", "Violet", "Dusty", "Patient", "Foreign", "Royal",
    "Sudden", "Floating", "Stubborn", "Amber", "Final",
];

/// Second words of titles.
pub(super) const TITLE_NOUNS: [&str; 64] = [
    "Harbor", "Orchard", "Letter", "Kingdom", "Bridge", "Season", "Mirror", "Garden", "Horizon", "Lantern",
    "Witness", "Passage", "River", "Engine", "Promise", "Shadow", "Voyage", "Island", "Station", "Compass",
    "Stranger", "Theatre", "Melody", "Frontier", "Castle", "Tide", "Empire", "Window", "Dancer", "Summer",
    "Guest", "Signal", "Archive", "Mountain", "Heritage", "Carnival", "Chapel", "Machine", "Desert",
    "Daughter", "Captain", "Echo", "Maze", "Meadow", "Forest", "Notebook", "Ocean", "Painter", "Railway",
    "Quarry", "Uprising", "Sparrow", "Tailor", "Universe", "Valley", "Keeper", "Pupil", "Border", "Pendulum",
    "Dream", "Eclipse", "Feast", "Gambler", "Hotel",
];

/// Genres, in the words of the published data.
pub(super) const GENRES: [&str; 19] = [
    "Drama",
    "Comedy",
    "Action",
    "Thriller",
    "Adventure",
    "Horror",
    "Romance",
    "Animation",
    "Family",
    "Fantasy",
    "Science Fiction",
    "Crime",
    "Mystery",
    "History",
    "War",
    "Music",
    "Documentary",
    "TV Movie",
    "Western",
];

/// Languages, likewise.
pub(super) const LANGUAGES: [&str; 20] = [
    "English",
    "Spanish",
    "French",
    "Japanese",
    "Korean",
    "Italian",
    "German",
    "Chinese",
    "Cantonese",
    "Russian",
    "Portuguese",
    "Hindi",
    "Danish",
    "Swedish",
    "Norwegian",
    "Polish",
    "Ukrainian",
    "Turkish",
    "Arabic",
    "Thai",
];

/// Codes of countries.
pub(super) const COUNTRIES: [&str; 40] = [
    "AU", "US", "JP", "KR", "FR", "GB", "ES", "HK", "IT", "MX", "DE", "CN", "CA", "IN", "BR", "RU", "AR",
    "TH", "DK", "SE", "NO", "PL", "UA", "TR", "NL", "BE", "IE", "CL", "CO", "PE", "ZA", "NG", "EG", "MA",
    "IL", "IR", "ID", "PH", "TW", "NZ",
];

/// Who overviews are about.
pub(super) const HEROES: [&str; 16] = [
    "a retired teacher",
    "two estranged sisters",
    "a young engineer",
    "an honest smuggler",
    "a village doctor",
    "a failed magician",
    "three old friends",
    "a night-shift nurse",
    "a stubborn mapmaker",
    "a stage actor",
    "a lighthouse keeper",
    "an exiled judge",
    "a runaway bride",
    "a small-town reporter",
    "a weary inspector",
    "a gifted pianist",
];

/// What they do.
pub(super) const DEEDS: [&str; 16] = [
    "uncovers a letter that was never meant to be read",
    "returns home after years abroad",
    "takes on one last commission",
    "hides a stranger from the police",
    "inherits a house full of clocks",
    "follows a trail of forged paintings",
    "joins an expedition, against all advice",
    "loses everything in one night",
    "plans the perfect theft",
    "answers an advertisement",
    "finds a door where there was none",
    "is mistaken for somebody else",
    "bets on the wrong horse",
    "wakes up in an empty town",
    "teaches a ghost to dance",
    "boards the wrong train",
];

/// What comes of it.
pub(super) const CONSEQUENCES: [&str; 16] = [
    "Nothing in the valley will be as it was.",
    "The truth, however, has a price.",
    "By dawn, only one of them will be left to tell it.",
    "What begins as a joke becomes a matter of life and death.",
    "Everyone calls it \"the miracle\", and no one believes in it.",
    "Love, as ever, arrives at the worst moment.",
    "Soon the hunters become the hunted.",
    "Winter is coming, and the road is closed.",
    "An unlikely friendship changes both of them.",
    "The past does not stay buried.",
    "Meanwhile, the river keeps rising.",
    "There are seven days left.",
    "A city holds its breath.",
    "It takes a thief, a priest and a parrot to put it right.",
    "The last reel is missing.",
    "Someone is watching, and takes notes.",
];
