"""A spider of Scrapy that fetches a list and says how long each answer was."""

import scrapy


class ListSpider(scrapy.Spider):
    name = "list"

    def start_requests(self):
        with open(self.urls) as lines:
            for line in lines:
                yield scrapy.Request(line.strip(), dont_filter=False)

    def parse(self, response):
        yield {"url": response.url, "status": response.status, "bytes": len(response.body)}
