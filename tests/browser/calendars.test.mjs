// Calendars, read by another maker's parser: they parse, days end with the next, identifiers are unique and stay.

import assert from "node:assert/strict";
import { test } from "node:test";
import ICAL from "ical.js";
import { files, pages, read } from "./portal.mjs";

const calendars = files.filter((file) => file.endsWith("calendar.ics"));

function events(file) {
  const calendar = new ICAL.Component(ICAL.parse(read(file)));
  assert.equal(calendar.name, "vcalendar", file);
  assert.equal(calendar.getFirstPropertyValue("version"), "2.0", file);
  assert.ok(calendar.getFirstPropertyValue("prodid"), file);
  return calendar.getAllSubcomponents("vevent");
}

test("there are calendars of postings, campaigns and lists", () => {
  for (const folder of ["jobs/[^/]+", "campaigns/[^/]+", "jobs", "departments/[^/]+", "locations/[^/]+", "recruitment/[^/]+"]) {
    const pattern = new RegExp(`^${folder}/calendar\\.ics$`);
    assert.ok(calendars.some((file) => pattern.test(file)), folder);
  }
});

test("every event has what the standard demands, and a whole day ends with the next", () => {
  for (const file of calendars) {
    const seen = new Set();
    for (const component of events(file)) {
      const event = new ICAL.Event(component);
      for (const name of ["uid", "dtstamp", "dtstart", "summary", "sequence"]) {
        assert.notEqual(component.getFirstPropertyValue(name), null, `${file}: ${name}`);
      }
      assert.ok(!seen.has(event.uid), `${file}: ${event.uid} twice`);
      seen.add(event.uid);
      if (event.startDate.isDate) assert.equal(event.duration.toSeconds(), 86400, `${file}: ${event.uid}`);
      const cancelled = component.getFirstPropertyValue("status") === "CANCELLED";
      const alarms = component.getAllSubcomponents("valarm");
      assert.equal(alarms.length, cancelled ? 0 : 1, `${file}: ${event.uid}`);
      for (const alarm of alarms) {
        assert.equal(alarm.getFirstPropertyValue("action"), "DISPLAY");
        const trigger = /** @type {ICAL.Duration} */ (alarm.getFirstPropertyValue("trigger"));
        assert.ok(trigger.isNegative, `${file}: ${event.uid}`);
      }
    }
  }
});

test("an event is the same in a list's calendar as in its document's", () => {
  const own = new Set(calendars.filter((file) => /^(jobs|campaigns)\/[^/]+\//.test(file)).flatMap((file) => events(file).map(String)));
  const list = events("jobs/calendar.ics").map(String);
  assert.ok(list.length > 0);
  for (const event of list) assert.ok(own.has(event), event);
});

test("what was withdrawn offers no calendar and no steps, and its calendar is there for those who subscribe to it", () => {
  const withdrawn = pages.filter((page) => page.state === "withdrawn");
  assert.ok(withdrawn.length > 0);
  for (const { file } of withdrawn) {
    assert.doesNotMatch(read(file), /calendar\.ics|id="gw-steps"/, file);
    assert.ok(files.includes(file.replace("index.html", "calendar.ics")), file);
  }
});
