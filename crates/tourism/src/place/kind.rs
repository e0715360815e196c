//! The kinds of places and events.

use platform::choice;

choice! {
    #[derive(Default)]
    Kind, "tourism-kind", {
        Festival = "festival",
        /// Relics of history and culture, and landscapes.
        #[default]
        Sight = "sight",
        Craft = "craft",
        /// A homestay or another place to sleep.
        Stay = "stay",
        Food = "food",
        /// Guides, rides, things to try.
        Service = "service",
        Speciality = "speciality",
    }
}

impl Kind {
    /// Of `web/icons.txt`; on the map it says what a pin is.
    pub fn icon(self) -> &'static str {
        match self {
            Kind::Festival => "party-popper",
            Kind::Sight => "mountain",
            Kind::Craft => "scissors",
            Kind::Stay => "bed-double",
            Kind::Food => "utensils",
            Kind::Service => "compass",
            Kind::Speciality => "gift",
        }
    }

    /// The class of schema.org under which search engines know it.
    pub fn schema(self) -> &'static str {
        match self {
            Kind::Festival => "https://schema.org/Festival",
            Kind::Sight | Kind::Craft => "https://schema.org/TouristAttraction",
            Kind::Stay => "https://schema.org/LodgingBusiness",
            Kind::Food => "https://schema.org/FoodEstablishment",
            Kind::Service => "https://schema.org/LocalBusiness",
            Kind::Speciality => "https://schema.org/Product",
        }
    }

    /// A visitor can ask whether there is room.
    pub fn is_asked_for(self) -> bool {
        matches!(self, Kind::Craft | Kind::Stay | Kind::Food | Kind::Service)
    }

    /// For the first word of an address: `?loai=le-hoi`.
    pub fn slug(self) -> &'static str {
        match self {
            Kind::Festival => "le-hoi",
            Kind::Sight => "di-tich-danh-thang",
            Kind::Craft => "lang-nghe",
            Kind::Stay => "luu-tru",
            Kind::Food => "an-uong",
            Kind::Service => "trai-nghiem",
            Kind::Speciality => "san-vat",
        }
    }

    pub fn of_slug(slug: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.slug() == slug)
    }
}
