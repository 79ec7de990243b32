/* The day NetHack 3.6.6 was released, 2020-03-08: the build's date must not depend on the day of the build. */
#define BUILD_DATE_SECONDS 1583625600L
