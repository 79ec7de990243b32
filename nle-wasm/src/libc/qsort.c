/* A stable sort under qsort's name. NetHack sorts rooms and loot by keys with ties; the reference's C library keeps
 * ties in order, musl's smoothsort does not, and another order of rooms makes another level. */
#include <stdlib.h>
#include <string.h>

typedef int comparison(const void *, const void *);

static void
merge_sort(char *items, size_t count, size_t width, comparison *compare, char *spare)
{
    size_t half = count / 2, left = 0, right = half, out = 0;

    if (count < 2)
        return;
    merge_sort(items, half, width, compare, spare);
    merge_sort(items + half * width, count - half, width, compare, spare);
    while (left < half && right < count) {
        size_t *from = compare(items + left * width, items + right * width) <= 0 ? &left : &right;

        memcpy(spare + out++ * width, items + (*from)++ * width, width);
    }
    memcpy(spare + out * width, items + left * width, (half - left) * width);
    out += half - left;
    memcpy(items, spare, out * width);
}

void
qsort(void *items, size_t count, size_t width, comparison *compare)
{
    char *spare;

    if (count < 2 || !width)
        return;
    spare = malloc(count * width);
    if (!spare)
        abort();
    merge_sort(items, count, width, compare, spare);
    free(spare);
}
