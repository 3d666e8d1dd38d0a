--- The English words of the flagship briefing: all that briefing.lua prints, by section, and nothing else. Figures stand
--- in the texts as {placeholders}, never as digits, so that new data rewrites the prose without anybody retyping a
--- number. $words are dates and names that briefing.lua fills in; the list is at its function `marks`. Another language
--- is another file with the same keys.
return {
  cover = {
    kicker = "Briefing",
    event = "{event.start}, {event.venue}, {event.host}",
    caption = [[Each dot is one of the {base_stations_5g} 5G base stations of Beijing E-Town. Their order is that of
      seeds in a sunflower, not that of a map.]],
  },

  contents = "Contents",
  computed = "computed here",

  event = {
    title = "The event",
    name = "Conference",
    date = "Date",
    venue = "Venue",
    host = "Part of",
    speaker = "Speaker",
    person = "$name, $role, $organisation",
  },

  reading = {
    title = "How to read the figures",
    items = {
      "**Plain numbers** stand as the source prints them, or follow from such: “computed here”.",
      "**“More than”** marks a lower bound; the source gives no upper one.",
      "**“About”** marks an estimate: status E in the table of all indicators.",
      "**Paragraph numbers** in that table lead to the place in the source.",
    },
    moments = {
      title = "The figures belong to four moments, so few of them can be set against each other",
      from = "Transfer projects are counted from here",
      stock = "Count of institutions and stations; end of the enterprises’ year",
      order = "First order for unmanned travel services",
      event = "Conference; counts of what exists by then",
    },
  },

  glance = {
    title = "The conference at a glance",
    lead = [[Beijing E-Town took stock in public: who does research there, how many of its enterprises hold the national
      high-tech title, what a newcomer finds, and what the town tries out on its own streets.]],
    text = {
      [[On {event.start} the conference on its science, technology and innovation ecology met in the {event.venue} of
        the {event.host}. For the area’s innovation bureau $speaker went through what has been reached, how the work is
        done and which support is open to projects.]],
    },
    cards = {
      rd_institutions = "accredited R&D institutions",
      hightech_enterprises = "national high-tech enterprises",
      hightech_growth = "more high-tech enterprises than the year before",
      postdoc_stations = "post-doctoral research stations",
      parks = "certified urban renewal parks and characteristic parks",
      service_platforms = "public technical service platforms",
      incubation_spaces = "national-level incubators ({incubators}) and maker spaces ({maker_spaces})",
      pilot_test_hectares = "hectares ({pilot_test_area | wording}) of pilot test site",
      base_stations_5g = "5G base stations, for {coverage_5g | wording}",
      standards_share = "of {intelligent_standards} national standards for intelligent manufacturing",
      transfer_projects = "transfer projects since $from",
      new_technologies = "new technologies and new products",
    },
    findings_title = "Three findings",
    findings = {
      [[**Enterprises grew by more than a third in a year.** The {hightech_growth} of {hightech_growth.period} is the only
        rate of change in the whole account; all else is a level, without a past to set it against.]],
      [[**The research base is wide and its top narrow.** Of {rd_institutions} accredited institutions, {rd_national}
        have national rank, {rd_national_share}.]],
      [[**Standards carry the work beyond the town.** Beijing E-Town contributed to {standards_share | wording} of
        China’s {intelligent_standards} national standards for intelligent manufacturing, the one figure that is
        measured against the whole country.]],
    },
  },

  resources = {
    lead = [[Beijing E-Town counted {rd_institutions} accredited R&D institutions at the end of $stock. The base is broad
      and the peak is narrow.]],
    text = {
      [[National accreditation belongs to **{rd_national}** of them, municipal accreditation to **{rd_municipal}**:
        {rd_national_share} against {rd_municipal_share}, or {rd_municipal_per_national} municipal institutions for each
        national one. The proportion tells who granted the accreditation, not how good the research is. Whether
        institutions climb from the municipal list to the national one would show in a series; the conference gave a
        single date.]],
      [[Next to the institutions stand **{postdoc_stations}** post-doctoral research stations. They are no part of the
        {rd_institutions}, for the two levels reach that total without them, and they deserve a reading of their own.
        Institutions are places of research; stations are doors through which researchers come in at the start of
        their working lives. There are several institutions for every such door.]],
    },
    chart = {
      title = "Only {rd_national_share} of the R&D institutions hold national rank",
      subtitle = "Each dot is one of {rd_institutions} accredited institutions, end of $stock",
    },
    question_title = "What to ask next",
    question = [[A count of institutions says little of what happens inside. Staff, spending and results per institution
      would turn this inventory into a measure of strength.]],
  },

  industry = {
    lead = [[The strongest figure of the conference is a rate: {hightech_growth} more national high-tech enterprises in
      $year than the year before, {hightech_enterprises} in all.]],
    text = {
      [[The source does not print where the rise began, but it leaves little choice. A rise of {hightech_growth} to
        {hightech_enterprises} starts from **{hightech_enterprises | period=$start plain}** enterprises in $before, as
        the table shows. The net gain is therefore
        **{hightech_added | plain}** enterprises, more than one for each day of the year.]],
      [[A net gain hides several movements. Young firms qualify for the title, firms that hold it move in, others lose it
        or leave. The first speaks for the soil, the second for the pull of the place, the third for what it cannot
        keep. Only the balance is known.]],
      [[Set beside the research base, there are {enterprises_per_institution} high-tech enterprises for each accredited
        R&D institution. The ratio does not say who works with whom, yet it is worth following: if enterprises keep
        growing by a third a year, research capacity that grows more slowly becomes the scarcer good.]],
    },
    chart = {
      title = "High-tech enterprises grew by more than a third in a year",
      subtitle = "National high-tech enterprises in Beijing E-Town",
      computed = "$period, computed",
      series = { "Number of the year before", "Net increase" },
    },
    starts = {
      title = "Only one starting point agrees with the printed rate",
      columns = {
        start = "Enterprises in $before",
        rise = "Rise up to $year",
        rounded = "Rounded",
        verdict = "Printed rate",
      },
      agrees = "agrees",
      differs = "differs",
    },
    question_title = "What to ask next",
    question = [[How many of the new titles were earned by firms founded here, and how many arrived with their holders?
      The two call for different policies.]],
  },

  environment = {
    lead = [[By count, the offer to newcomers rests on parks and shared services. Places of incubation are the smaller
      part of it.]],
    text = {
      [[In $now there were **{parks}** certified urban renewal parks and characteristic parks and
        **{service_platforms}** public technical service platforms. That the two numbers agree is no pairing: nothing in
        the source ties a platform to a park.]],
      [[Teams that are not yet enterprises find **{incubators}** national-level technology incubators and
        **{maker_spaces}** maker spaces, {incubation_spaces} places together. The bars compare counts, not capacity: a
        maker space can be one floor, a park several streets.]],
      [[Between laboratory and factory lies the trial run at scale. For it Beijing E-Town keeps a pilot test site of
        **{pilot_test_area | wording}**, {pilot_test_hectares | unit}. Such space is what a team needs once its prototype works and
        before a factory pays. The figure is a lower bound, and the source leaves open whether it
        measures land or floors.]],
    },
    chart = {
      title = "Parks and service platforms far outnumber places of incubation",
      subtitle = "Facilities in Beijing E-Town, $now",
      labels = {
        service_platforms = "Public technical service platforms",
        parks = "Certified urban renewal parks and characteristic parks",
        incubators = "National-level technology incubators",
        maker_spaces = "Maker spaces",
      },
    },
    area = {
      label = "hectares ({pilot_test_area | wording}) of pilot test site",
      side = "$number km",
      caption = "Each small square is one hectare of the pilot test site, at its lower bound",
      alt = "A square of small squares, one for each hectare of the pilot test site",
    },
    question_title = "What to ask next",
    question = [[How much of the space is taken? Occupancy, and the time that a team stays, would show whether more is
      needed and of which kind.]],
  },

  society = {
    lead = [[What the town builds for itself, others can use: streets on which cars drive alone, standards that factories
      follow, a mobile network without gaps.]],
    text = {
      [[**Unmanned travel.** By the source’s account the world’s first high-level autonomous driving demonstration zone
        stands here, and in $order China’s first commercial order for unmanned travel services was placed here. The zone
        shows that the technology works; the order, that somebody pays for it. Intelligent urban scenarios are being
        rolled out faster as well; the source counts none.]],
      [[**Standards.** China has released **{intelligent_standards}** national standards for intelligent manufacturing.
        Beijing E-Town contributed to {standards_share | wording} of them, {standards_contributed} if the fraction is
        taken at its word. A standard is followed far from where it was written, so this share reaches further than any
        count of sites.]],
      [[**The network.** With **{base_stations_5g}** base stations the source speaks of {coverage_5g | wording} by 5G. It
        names no measure, be it ground, buildings or people, so the claim cannot be set against that of other places.
        The stations can: each is a dot on the cover.]],
    },
    chart = {
      title = "One national standard in three bears Beijing E-Town’s contribution",
      subtitle = "Each dot is one of {intelligent_standards} national standards for intelligent manufacturing",
    },
    question_title = "What to ask next",
    contributed = "Standards it contributed to",
    stations = "5G base stations, for {coverage_5g | wording}",
    question = [[Was the order of $order followed by others? A second year of orders would tell a market from a
      première.]],
  },

  transfer = {
    lead = [[From result to product is the last step and the longest one. Beijing E-Town takes it with
      {base_partners | spelled} partners, and with money for rent and interest.]],
    text = {
      [[Together they have set up a **pilot base for the industrialization of scientific and technological achievements in
        Zhongguancun**. One partner administers the Zhongguancun science park, the others are science cities, so that
        those who find and those who make sit at one table.]],
      [[From {science_cities | spelled} science cities Beijing E-Town has taken on **{transfer_projects}** projects since
        $from to bring research results into use, {transfer_per_year} in an average year. Joint work of industry,
        universities and research institutes brought forth **{new_technologies}** new technologies and new products,
        {technologies_per_project} for each project. The pair is a proportion, not a chain: the source does not say that
        the projects yielded the products.]],
    },
    chart = {
      title = "Twice as many new technologies and products as transfer projects",
      subtitle = "Counted since $from; the projects are a lower bound",
      labels = {
        transfer_projects = "Transfer projects",
        new_technologies = "New technologies and new products",
      },
    },
    partners_title = "The partners in the pilot base",
    policies_title = "Support on offer",
    policies = [[**Rent subsidies** and **loan interest discounts** are open to innovation projects and to the institutions that serve them. The
      first lower the price of space, the second that of money: the two bills that arrive before the first customer
      does. Rates, ceilings and terms were not given.]],
  },

  indicators = {
    title = "All indicators",
    lead = [[Everything that was counted, and what follows from it. Status A is a figure as printed, or one that follows
      exactly from such; E is an estimate. The last section says how figures were computed.]],
    columns = {
      label = "Indicator",
      value = "Value",
      unit = "Unit",
      period = "Period",
      paragraph = "Paragraph",
      status = "Status",
    },
  },

  method = {
    title = "Sources and method",
    lead = "One source carries the whole briefing; its limits are the briefing’s.",
    text = {
      [[All printed figures come from one report on Beijing E-Town’s own portal, updated on {dataset.published}; none was
        checked elsewhere. What it leaves undated, or gives as “up to now”, stands under $now. Its paragraphs are counted
        without the picture’s caption.]],
    },
    derived_title = "How the computed figures were made",
    derived_columns = { label = "Figure", formula = "Computed as", value = "Result" },
    note = "**$label.** $note",
    notes_title = "Notes on names and single figures",
    names = [[**Beijing E-Town.** The source also says Beijing Economic and Technology Development Area and Economic and
      Technological Development Zone. All three are taken for one area; its bureau has the official English name here.]],
    checks_title = "Checks that hold",
    checks = "Before a page is set, these statements are put to the data. One that fails stops the briefing.",
  },
}
