/* Time is an input of a game, and so is the time zone; emscripten's own versions ask JavaScript. */
#include "host.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DAY = 86400 };

static long
days_before(int year, int month) /* month 0-11; days since 1970-01-01 of the month's first day */
{
    static const short into_year[12] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
    long y = year - 1;
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return (year - 1970) * 365L + (y / 4 - y / 100 + y / 400) - (1969 / 4 - 1969 / 100 + 1969 / 400)
           + into_year[month] + (leap && month > 1);
}

static struct tm *
split(long seconds, struct tm *out)
{
    long days = seconds / DAY, rest = seconds % DAY;

    if (rest < 0)
        rest += DAY, --days;
    memset(out, 0, sizeof *out);
    out->tm_hour = (int) (rest / 3600);
    out->tm_min = (int) (rest / 60 % 60);
    out->tm_sec = (int) (rest % 60);
    out->tm_wday = (int) (((days + 4) % 7 + 7) % 7);
    out->tm_year = (int) (1970 + days / 366);
    while (days_before(out->tm_year + 1, 0) <= days)
        out->tm_year++;
    out->tm_yday = (int) (days - days_before(out->tm_year, 0));
    out->tm_mon = 11;
    while (days_before(out->tm_year, out->tm_mon) > days)
        out->tm_mon--;
    out->tm_mday = (int) (days - days_before(out->tm_year, out->tm_mon)) + 1;
    out->tm_year -= 1900;
    return out;
}

time_t
time(time_t *out)
{
    time_t now = host_time();

    if (out)
        *out = now;
    return now;
}

struct tm *
gmtime(const time_t *when)
{
    static struct tm result;

    return split(*when, &result);
}

struct tm *
localtime(const time_t *when)
{
    static struct tm result;

    return split(*when + host_utc_offset(), &result);
}

time_t
mktime(struct tm *parts)
{
    int months = parts->tm_year * 12 + parts->tm_mon;
    long local = (days_before(1900 + months / 12, months % 12) + parts->tm_mday - 1) * DAY + parts->tm_hour * 3600L
                 + parts->tm_min * 60L + parts->tm_sec;

    split(local, parts);
    return local - host_utc_offset();
}

char *
asctime(const struct tm *parts)
{
    static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    static char text[40];

    snprintf(text, sizeof text, "%.3s %.3s %2d %02d:%02d:%02d %d\n", &days[parts->tm_wday * 3],
             &months[parts->tm_mon * 3], parts->tm_mday, parts->tm_hour, parts->tm_min, parts->tm_sec,
             1900 + parts->tm_year);
    return text;
}

char *
ctime(const time_t *when)
{
    return asctime(localtime(when));
}
