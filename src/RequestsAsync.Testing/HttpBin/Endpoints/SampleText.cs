namespace RequestsAsync.Testing;

/// <summary>The words of the fixed documents.</summary>
internal static class SampleText
{
    internal const string Html =
        """
        <!DOCTYPE html>
        <html>
          <head>
            <meta charset="utf-8">
            <title>The Waiting Room</title>
          </head>
          <body>
            <h1>The Waiting Room</h1>
            <p>The clerk had one counter and a long line of people, and she answered every one of them to the end before she looked
            up at the next. By noon the line went round the building.</p>
            <p>The new clerk took each slip of paper, put it in a tray, and said: sit down, I shall call you. By noon the room was
            full and the counter was empty, and nobody stood.</p>
          </body>
        </html>

        """;

    internal const string Xml =
        """
        <?xml version="1.0" encoding="us-ascii"?>
        <slideshow title="A Few Slides" date="A day in spring" author="A. Sync">
          <!-- the first page -->
          <slide type="all">
            <title>Ask once, wait for many</title>
          </slide>
          <!-- the second page -->
          <slide type="all">
            <title>Contents</title>
            <item>Why <em>waiting</em> costs nothing</item>
            <item/>
            <item>What <em>holding a thread</em> costs</item>
          </slide>
        </slideshow>

        """;

    internal const string Json =
        """
        {
          "slideshow": {
            "author": "A. Sync",
            "date": "a day in spring",
            "slides": [
              {
                "title": "Ask once, wait for many",
                "type": "all"
              },
              {
                "items": [
                  "Why <em>waiting</em> costs nothing",
                  "What <em>holding a thread</em> costs"
                ],
                "title": "Contents",
                "type": "all"
              }
            ],
            "title": "A Few Slides"
          }
        }

        """;

    internal const string Robots = "User-agent: *\nDisallow: /deny\n";

    internal const string Denied =
        """
         +------------------+
         |   Staff only.    |
         |  Please go back. |
         +------------------+

        """;

    /// <summary>One, two, three and four bytes a character, marks that combine, and both directions of writing.</summary>
    internal const string ManyScripts =
        """
        <h1>Letters of many lands in UTF-8</h1>
        <pre>
        One byte       The first line needs nothing but ASCII.
        Two bytes      Über den Fjord führt ein schmaler Weg: déjà vu, łódź, ığdır.
        Greek          Το νερό τρέχει σιγά.
        Cyrillic       Вода течёт тихо, їжак спить.
        Hebrew         המים זורמים לאט
        Arabic         الماء يجري ببطء
        Devanagari     पानी धीरे बहता है
        Thai           น้ำไหลช้า
        Three bytes    水はゆっくり流れる · 水慢慢地流 · 물은 천천히 흐른다
        Mathematics    ∀ε &gt; 0 ∃δ &gt; 0 : |x − a| &lt; δ ⇒ |f(x) − f(a)| &lt; ε
        Currency       € £ ¥ ₹ ₺ ₩
        Boxes          ┌──┬──┐ │▒▒│██│ └──┴──┘
        Combining      é ñ ü (each a letter and a mark)
        Four bytes     𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🌊 🦊 𐍈
        </pre>

        """;

    internal static string OrderForm(string action) =>
        $"""
        <!DOCTYPE html>
        <html>
          <head>
            <meta charset="utf-8">
            <title>Order a pizza</title>
          </head>
          <body>
            <form method="post" action="{action}">
              <p><label>Name <input name="custname"></label></p>
              <p><label>Phone <input type="tel" name="custtel"></label></p>
              <p><label>E-mail <input type="email" name="custemail"></label></p>
              <fieldset>
                <legend>How big?</legend>
                <label><input type="radio" name="size" value="small"> Small</label>
                <label><input type="radio" name="size" value="medium"> Medium</label>
                <label><input type="radio" name="size" value="large"> Large</label>
              </fieldset>
              <fieldset>
                <legend>What on it?</legend>
                <label><input type="checkbox" name="topping" value="bacon"> Bacon</label>
                <label><input type="checkbox" name="topping" value="cheese"> More cheese</label>
                <label><input type="checkbox" name="topping" value="onion"> Onion</label>
                <label><input type="checkbox" name="topping" value="mushroom"> Mushrooms</label>
              </fieldset>
              <p><label>At what time? <input type="time" name="delivery" min="11:00" max="21:00" step="900"></label></p>
              <p><label>Anything else? <textarea name="comments"></textarea></label></p>
              <button>Order</button>
            </form>
          </body>
        </html>

        """;
}
