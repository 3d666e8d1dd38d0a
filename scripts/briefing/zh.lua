--- The Chinese words of the flagship briefing, with the keys of en.lua and the same rules: figures as {placeholders},
--- dates and names as $words.
return {
  cover = {
    kicker = "简报",
    event = "{event.start}　{event.host}　{event.venue}",
    caption = "每个圆点代表北京亦庄{base_stations_5g}座5G基站中的一座；圆点按葵花籽的次序排列，并非地图位置。",
  },

  contents = "目录",
  computed = "据此计算",

  event = {
    title = "会议概况",
    name = "名称",
    date = "日期",
    venue = "地点",
    host = "所属展会",
    speaker = "介绍人",
    person = "$name，$organisation$role",
  },

  reading = {
    title = "如何阅读数字",
    items = {
      "**未加说明的数字**与来源所刊一致；由其直接算出的，注明“据此计算”。",
      "“**超过**”表示下限：来源未给出上限。",
      "“**约**”表示根据所刊数字估算，在指标总表中的状态为E（估算）。",
      "总表中的**段号**指向来源中写明该数字的段落。",
    },
    moments = {
      title = "数字分属四个时点，彼此多不可直接相比",
      from = "科技成果转化项目自此计数",
      stock = "研发机构与工作站的统计时点；企业数的年末",
      order = "首个无人化出行服务订单",
      event = "大会召开；其余各项截至此时",
    },
  },

  glance = {
    title = "大会一览",
    lead = "北京亦庄公开盘点家底：谁在这里做研究，多少企业拥有国家高新技术企业称号，新来者能得到什么，城市又在自己的街道上试验什么。",
    text = {
      [[{event.start}，北京亦庄科技创新生态大会在{event.host}{event.venue}举行。$speaker代表开发区科技创新局，
        介绍了已有的成绩、工作的做法和向项目开放的扶持。]],
    },
    cards = {
      rd_institutions = "经认定的研发机构（家）",
      hightech_enterprises = "国家高新技术企业（家）",
      hightech_growth = "高新技术企业数比上年增长",
      postdoc_stations = "博士后科研工作站（个）",
      parks = "经认定的城市更新园区和特色园区（个）",
      service_platforms = "公共技术服务平台（个）",
      incubation_spaces = "国家级孵化器（{incubators}）和众创空间（{maker_spaces}）（家）",
      pilot_test_hectares = "中试基地（公顷），即{pilot_test_area | wording}",
      base_stations_5g = "5G基站（座），实现{coverage_5g | wording}",
      standards_share = "智能制造国家标准参与比例（共{intelligent_standards}项）",
      transfer_projects = "$from以来的成果转化项目（个）",
      new_technologies = "新技术新产品（项）",
    },
    findings_title = "三点发现",
    findings = {
      [[**企业一年增长三分之一以上**。{hightech_growth.period}的{hightech_growth}是全部数字中唯一的增速；
        其余都是存量，没有可比的过去。]],
      [[**研究基础宽，塔尖窄**。{rd_institutions}家经认定的机构中，国家级{rd_national}家，占{rd_national_share}。]],
      [[**标准使影响越出园区**。中国已发布的{intelligent_standards}项智能制造国家标准中，北京亦庄参与了
        {standards_share | wording}，这是唯一以全国为参照的数字。]],
    },
  },

  resources = {
    lead = "$stock末，北京亦庄有经认定的研发机构{rd_institutions}家：底座宽，塔尖窄。",
    text = {
      [[其中国家级**{rd_national}**家，市级**{rd_municipal}**家，占比分别为{rd_national_share}和{rd_municipal_share}，
        即每家国家级机构对应{rd_municipal_per_national}家市级机构。这个比例说明由谁认定，不说明研究水平高低。
        市级机构能否升入国家级名单，要看多年的数据；大会只给出了一个时点。]],
      [[与研发机构并列的还有**{postdoc_stations}**个博士后科研工作站。两级机构之和已等于{rd_institutions}，
        可见工作站不在其内，值得单独解读：机构是做研究的地方，工作站是科研人员在职业起步时走进来的门。
        机构数倍于这样的门。]],
    },
    chart = {
      title = "研发机构中仅{rd_national_share}为国家级",
      subtitle = "每个圆点代表{rd_institutions}家经认定机构中的一家，$stock末",
    },
    question_title = "下一步该问什么",
    question = "机构的数量说不清其中的内容。若有每家机构的人员、经费和成果，这份清单才能成为实力的尺度。",
  },

  industry = {
    lead = "大会最有力的数字是一个增速：$year国家高新技术企业比上年增长{hightech_growth}，达到{hightech_enterprises}家。",
    text = {
      [[来源没有给出起点，但几乎别无选择：增长{hightech_growth}而达到{hightech_enterprises}家，
        $before应为**{hightech_enterprises | period=$start plain}**家，见下表。由此净增**{hightech_added | plain}**家，
        平均每天不止一家。]],
      [[净增之中有几种变动：年轻企业获得认定，已获认定的企业迁入，另一些企业失去资格或迁出。第一种说明土壤，
        第二种说明吸引力，第三种说明留不住什么。已知的只有差额。]],
      [[与研究基础相比，每家经认定的研发机构对应{enterprises_per_institution}家高新技术企业。
        这个比值不说明谁与谁合作，却值得跟踪：若企业继续每年增长三分之一，增长较慢的研究能力将更为稀缺。]],
    },
    chart = {
      title = "高新技术企业一年增长三分之一以上",
      subtitle = "北京亦庄国家高新技术企业（家）",
      computed = "$period（推算）",
      series = { "上年数量", "净增" },
    },
    starts = {
      title = "只有一个起点与所刊增速相符",
      columns = {
        start = "$before企业数",
        rise = "至$year的增速",
        rounded = "四舍五入",
        verdict = "与所刊增速",
      },
      agrees = "相符",
      differs = "不符",
    },
    question_title = "下一步该问什么",
    question = "新增的称号中，多少来自本地成长的企业，多少随企业迁入而来？两者需要不同的政策。",
  },

  environment = {
    lead = "就数量而言，新来者得到的首先是园区和共享服务，孵化场所是其中较小的部分。",
    text = {
      [[$now，北京亦庄有**{parks}**个经认定的城市更新园区和特色园区，**{service_platforms}**个公共技术服务平台。
        两个数字相同并不表示一一对应：来源没有说平台设在园区。]],
      [[尚未成为企业的团队，可以进入**{incubators}**家国家级科技企业孵化器和**{maker_spaces}**家众创空间，
        合计{incubation_spaces}家。图中比较的是数量而不是容量：众创空间可能只有一层楼，园区可能有几条街。]],
      [[实验室与工厂之间是中试。北京亦庄为此建有**{pilot_test_area | wording}**的中试基地，
        {pilot_test_hectares | unit}。样机已成、建厂尚早的团队，需要的正是这样的空间。此数为下限，
        来源也没有说明是用地面积还是建筑面积。]],
    },
    chart = {
      title = "园区和服务平台的数量远多于孵化场所",
      subtitle = "北京亦庄的设施数量，$now",
      labels = {
        service_platforms = "公共技术服务平台",
        parks = "经认定的城市更新园区和特色园区",
        incubators = "国家级科技企业孵化器",
        maker_spaces = "众创空间",
      },
    },
    area = {
      label = "中试基地（公顷），即{pilot_test_area | wording}",
      side = "$number公里",
      caption = "每个小方格代表中试基地的1公顷，按下限绘制",
      alt = "由小方格组成的正方形，每格代表中试基地的1公顷",
    },
    question_title = "下一步该问什么",
    question = "空间用了多少？入驻率和团队停留的时间，才能说明是否还需要更多，需要哪一种。",
  },

  society = {
    lead = "城市为自己建设的，别处也能使用：汽车自行行驶的街道，工厂遵循的标准，没有空白的移动网络。",
    text = {
      [[**无人出行**。据来源所述，全球首个高级别自动驾驶示范区建在这里；$order，中国首个无人化出行服务商业化订单在这里产生。
        示范区证明技术可行，订单证明有人付费。智慧城市场景也在加快布局，来源未给出数量。]],
      [[**标准**。中国已发布智能制造国家标准**{intelligent_standards}**项，北京亦庄参与了其中的{standards_share | wording}；
        若按字面计算，为{standards_contributed}项。标准在远离制定地的地方被遵循，因此这个份额比任何场所的数量影响更远。]],
      [[**网络**。来源称，建成**{base_stations_5g}**座基站后，5G基站实现{coverage_5g | wording}。
        口径是土地、楼宇还是人口，来源没有说明，因此无法与别处比较。基站数可以比较：封面上的每个圆点就是一座。]],
    },
    chart = {
      title = "每三项智能制造国家标准就有一项有北京亦庄参与",
      subtitle = "每个圆点代表{intelligent_standards}项智能制造国家标准中的一项",
    },
    contributed = "参与制定的标准（项）",
    stations = "5G基站（座），实现{coverage_5g | wording}",
    question_title = "下一步该问什么",
    question = "$order的订单之后，还有别的订单吗？再看一年，才能分清是市场还是首演。",
  },

  transfer = {
    lead = "从成果到产品是最后、也最长的一步。北京亦庄与{base_partners | spelled}个合作方同行，并以房租和利息上的资金相助。",
    text = {
      [[各方共同建成**中关村科技成果产业化先导基地**。合作方之一管理中关村科技园区，其余是科学城，
        发现者与制造者由此坐到一张桌前。]],
      [[$from以来，北京亦庄承接{science_cities | spelled}大科学城的科技成果转化项目**{transfer_projects}**个，
        平均每年{transfer_per_year}个；产学研合作开发出新技术新产品**{new_technologies}**项，
        相当于每个项目{technologies_per_project}项。这只是比例，不是因果：来源没有说这些产品出自这些项目。]],
    },
    chart = {
      title = "新技术新产品的数量是转化项目的两倍",
      subtitle = "$from以来累计；项目数为下限",
      labels = {
        transfer_projects = "成果转化项目",
        new_technologies = "新技术新产品",
      },
    },
    partners_title = "先导基地的合作方",
    policies_title = "扶持政策",
    policies = [[**房租补贴**和**贷款贴息**面向创新项目和服务机构。前者降低空间的价格，后者降低资金的价格：
      这两张账单总在第一位客户之前到来。标准、上限和期限均未公布。]],
  },

  indicators = {
    title = "指标总表",
    lead = "全部统计数字及由此推出的数字。状态A为来源所刊，或由所刊数字直接算出；E为本简报估算。来源未刊数字的算法见文末。",
    columns = {
      label = "指标",
      value = "数值",
      unit = "单位",
      period = "时期",
      paragraph = "段号",
      status = "状态",
    },
  },

  method = {
    title = "来源与方法",
    lead = "整份简报只有一个来源，来源的局限也是简报的局限。",
    text = {
      [[全部所刊数字出自北京亦庄门户网站的一篇大会报道，更新于{dataset.published}，未与其他来源核对。
        报道未注明时间或写作“截至目前”的数字，按报道发表的$now计。段号按正文计算，图片说明不计。]],
    },
    derived_title = "推算数字的算法",
    derived_columns = { label = "指标", formula = "算式", value = "结果" },
    note = "**$label**：$note",
    notes_title = "名称与数字说明",
    names = [[**北京亦庄**：来源另用两个英文名称，均指北京经济技术开发区；本简报视三者为同一区域。
      会议及各项名称凡来源只有英文的，为本简报译名；人名来源只有拉丁字母的，照录。]],
    checks_title = "已通过的核对",
    checks = "排版之前，以下各条逐一与数据核对；一条不成立，简报即不生成。",
  },
}
