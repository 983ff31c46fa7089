/* Reads a calendar on standard input with libical and prints its events as JSON. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void print_text(const char *text)
{
    if (text == NULL) {
        fputs("null", stdout);
        return;
    }
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            printf("\\%c", *c);
        } else if (*c < 0x20) {
            printf("\\u%04x", *c);
        } else {
            putchar(*c);
        }
    }
    putchar('"');
}

static void print_instant(time_t at)
{
    char text[32];
    struct tm parts;
    gmtime_r(&at, &parts);
    strftime(text, sizeof text, "\"%Y-%m-%dT%H:%M:%S.000Z\"", &parts);
    fputs(text, stdout);
}

static void print_time(struct icaltimetype at)
{
    if (icaltime_is_null_time(at)) {
        fputs("null", stdout);
    } else {
        print_instant(icaltime_as_timet_with_zone(at, at.zone));
    }
}

static void print_key(const char *key)
{
    printf(", \"%s\": ", key);
}

static void print_parameter(icalproperty *person, const char *key, const char *name)
{
    char *text = icalproperty_get_parameter_as_string_r(person, name);
    print_key(key);
    print_text(text);
    free(text);
}

static void print_person(icalproperty *person, const char *address)
{
    icalparameter *rsvp = icalproperty_get_first_parameter(person, ICAL_RSVP_PARAMETER);
    fputs("{\"address\": ", stdout);
    print_text(address);
    print_parameter(person, "name", "CN");
    print_parameter(person, "sent_by", "SENT-BY");
    print_parameter(person, "role", "ROLE");
    print_parameter(person, "partstat", "PARTSTAT");
    print_key("rsvp");
    fputs(rsvp && icalparameter_get_rsvp(rsvp) == ICAL_RSVP_TRUE ? "true" : "false", stdout);
    putchar('}');
}

static void print_attendees(icalcomponent *event)
{
    const char *before = "";
    putchar('[');
    icalproperty *found = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
    for (; found != NULL; found = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY)) {
        fputs(before, stdout);
        print_person(found, icalproperty_get_attendee(found));
        before = ", ";
    }
    putchar(']');
}

static void print_alarms(icalcomponent *event)
{
    const char *before = "";
    struct icaltimetype start = icalcomponent_get_dtstart(event);
    putchar('[');
    icalcomponent *alarm = icalcomponent_get_first_component(event, ICAL_VALARM_COMPONENT);
    for (; alarm != NULL; alarm = icalcomponent_get_next_component(event, ICAL_VALARM_COMPONENT)) {
        icalproperty *found = icalcomponent_get_first_property(alarm, ICAL_TRIGGER_PROPERTY);
        struct icaltriggertype trigger = icalproperty_get_trigger(found);
        fputs(before, stdout);
        if (icaltime_is_null_time(trigger.time)) {
            print_instant(icaltime_as_timet_with_zone(start, start.zone) +
                          icaldurationtype_as_int(trigger.duration));
        } else {
            print_time(trigger.time);
        }
        before = ", ";
    }
    putchar(']');
}

static void print_event(icalcomponent *event, icalproperty *method)
{
    icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
    icalproperty *organizer = icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY);
    fputs("{\"uid\": ", stdout);
    print_text(icalcomponent_get_uid(event));
    print_key("summary");
    print_text(icalcomponent_get_summary(event));
    print_key("description");
    print_text(icalcomponent_get_description(event));
    print_key("location");
    print_text(icalcomponent_get_location(event));
    print_key("start");
    print_time(icalcomponent_get_dtstart(event));
    print_key("end");
    print_time(icalcomponent_get_dtend(event));
    print_key("status");
    print_text(status ? icalenum_status_to_string(icalproperty_get_status(status)) : NULL);
    print_key("sequence");
    printf("%d", icalcomponent_get_sequence(event));
    print_key("method");
    print_text(method ? icalenum_method_to_string(icalproperty_get_method(method)) : NULL);
    print_key("organizer");
    if (organizer == NULL) {
        fputs("null", stdout);
    } else {
        print_person(organizer, icalproperty_get_organizer(organizer));
    }
    print_key("attendees");
    print_attendees(event);
    print_key("alarms");
    print_alarms(event);
    putchar('}');
}

static char *read_all(void)
{
    size_t room = 1 << 16, used = 0, got;
    char *text = malloc(room);
    while (text != NULL && (got = fread(text + used, 1, room - used - 1, stdin)) > 0) {
        used += got;
        if (room - used < 2) {
            room *= 2;
            text = realloc(text, room);
        }
    }
    if (text != NULL) {
        text[used] = '\0';
    }
    return text;
}

int main(void)
{
    const char *before = "";
    char *text = read_all();
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    if (calendar == NULL || icalcomponent_count_errors(calendar) > 0) {
        fputs("libical finds errors in the file\n", stderr);
        return 1;
    }
    icalproperty *method = icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY);
    putchar('[');
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event != NULL; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        fputs(before, stdout);
        print_event(event, method);
        before = ", ";
    }
    putchar(']');
    return 0;
}
