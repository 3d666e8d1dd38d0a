--- Words that say nothing, by language: as the text of a link, and as an alternative text. English is known to authors
--- of any language, so its words count everywhere. A new language is a line in each list.
local M = {}

--- Texts of links that do not say where they lead.
M.links = {
  en = { "here", "click", "click here", "click this", "press here", "tap here", "this", "this link", "this page",
    "link", "the link", "see here", "see", "more", "read more", "learn more", "find out more", "see more", "more info",
    "more information", "further information", "details", "info", "continue", "go", "go to", "open", "download",
    "download here", "view", "website", "web site", "site", "page", "url", "source", "document", "file", "pdf" },
  zh = { "此处", "这里", "在此", "点击", "点这里", "点此", "点击此处", "点击这里", "请点击", "请点击这里", "更多", "了解更多",
    "查看更多", "阅读更多", "更多信息", "详情", "查看详情", "详见", "链接", "此链接", "该链接", "网址", "网站", "网页", "此页",
    "查看", "下载", "打开", "继续", "来源", "此處", "這裡", "點擊", "點擊此處", "點擊這裡", "詳情", "連結", "鏈接", "查看詳情",
    "下載", "打開" },
  de = { "hier", "klicken", "hier klicken", "klicken sie hier", "mehr", "weiter", "weiterlesen", "mehr erfahren",
    "mehr lesen", "mehr dazu", "mehr informationen", "weitere informationen", "details", "link", "dieser link", "seite",
    "webseite", "quelle", "öffnen", "herunterladen" },
  fr = { "ici", "cliquez", "cliquez ici", "cliquer ici", "plus", "lire plus", "lire la suite", "en savoir plus",
    "voir plus", "plus d'informations", "plus d’informations", "suite", "lien", "ce lien", "le lien", "site", "page",
    "source", "télécharger", "ouvrir", "détails" },
  es = { "aquí", "haga clic", "clic aquí", "haga clic aquí", "más", "leer más", "ver más", "saber más",
    "más información", "enlace", "este enlace", "sitio", "página", "fuente", "detalles", "descargar", "abrir" },
  it = { "qui", "clicca", "clicca qui", "cliccare qui", "più", "leggi", "di più", "leggi di più", "leggi tutto",
    "continua", "scopri di più", "maggiori informazioni", "link", "questo link", "collegamento", "sito", "pagina",
    "fonte", "dettagli", "scarica", "apri" },
  pt = { "aqui", "clique", "clique aqui", "mais", "leia mais", "ler mais", "saiba mais", "saber mais", "ver mais",
    "mais informações", "link", "este link", "ligação", "site", "página", "fonte", "detalhes", "baixar", "abrir" },
  ru = { "здесь", "тут", "нажмите", "нажмите здесь", "ссылка", "эта ссылка", "по ссылке", "подробнее", "далее",
    "читать далее", "ещё", "еще", "больше", "сайт", "страница", "источник", "скачать", "открыть" },
  ja = { "こちら", "ここ", "ここをクリック", "こちらをクリック", "クリック", "リンク", "詳細", "詳しくは", "詳しくはこちら", "もっと見る",
    "続きを読む", "続き", "ページ", "サイト", "出典", "ダウンロード", "開く" },
  ko = { "여기", "여기를", "클릭", "여기를 클릭", "여기 클릭", "링크", "이 링크", "더보기", "더 보기", "자세히", "자세히 보기", "사이트",
    "페이지", "출처", "다운로드", "열기" },
}

--- Alternative texts that say only that there is something.
M.alternatives = {
  en = { "image", "an image", "the image", "img", "picture", "a picture", "pic", "photo", "a photo", "photograph",
    "graphic", "graphics", "figure", "fig", "illustration", "drawing", "canvas", "chart", "a chart", "bar chart",
    "line chart", "pie chart", "graph", "a graph", "plot", "diagram", "a diagram", "table", "icon", "an icon", "logo",
    "screenshot", "untitled", "placeholder", "alt", "alt text", "alternative text", "description", "todo", "tbd", "tba",
    "fixme", "none", "null", "nil", "n/a", "test", "xxx", "image of", "picture of", "spacer", "decoration",
    "decorative" },
  zh = { "图", "图片", "图像", "照片", "相片", "图形", "图表", "图示", "示意图", "插图", "配图", "截图", "图标", "表格", "柱状图",
    "折线图", "饼图", "柱形图", "条形图", "标志", "画", "待定", "待补充", "无", "说明", "替代文本", "圖", "圖片", "圖像",
    "圖表", "圖示", "插圖" },
  de = { "bild", "ein bild", "foto", "grafik", "abbildung", "abb", "diagramm", "schaubild", "zeichnung", "tabelle",
    "symbol", "platzhalter", "beschreibung", "alternativtext", "ohne titel" },
  fr = { "image", "une image", "photo", "graphique", "figure", "illustration", "dessin", "diagramme", "tableau",
    "icône",
    "sans titre", "texte alternatif", "à compléter" },
  es = { "imagen", "una imagen", "foto", "fotografía", "gráfico", "gráfica", "figura", "ilustración", "dibujo",
    "diagrama", "tabla", "icono", "sin título", "texto alternativo" },
  it = { "immagine", "foto", "fotografia", "grafico", "figura", "illustrazione", "disegno", "diagramma", "tabella",
    "icona", "senza titolo", "testo alternativo" },
  pt = { "imagem", "foto", "fotografia", "gráfico", "figura", "ilustração", "desenho", "diagrama", "tabela", "ícone",
    "sem título", "texto alternativo" },
  ru = { "изображение", "картинка", "фото", "фотография", "рисунок", "график", "диаграмма", "иллюстрация", "схема",
    "таблица", "иконка", "без названия" },
  ja = { "画像", "写真", "図", "図表", "グラフ", "イラスト", "アイコン", "表", "無題" },
  ko = { "이미지", "사진", "그림", "그래프", "도표", "차트", "아이콘", "표", "제목 없음" },
}

return M
