# The date of this version, for the manual page and as the date of what is packaged: that of the newest entry of the
# Debian changelog, which must be of this version.
set(BP_CHANGELOG ${CMAKE_SOURCE_DIR}/cmake/debian/changelog)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${BP_CHANGELOG})
file(READ ${BP_CHANGELOG} entry)
if(NOT entry MATCHES "^briefpress \\(([0-9.]+)-([0-9a-z.+~]+)\\)[^\n]*\n.*" OR
   NOT CMAKE_MATCH_1 STREQUAL PROJECT_VERSION)
  message(FATAL_ERROR "${BP_CHANGELOG} does not begin with an entry for ${PROJECT_VERSION}")
endif()
set(BP_PACKAGE_REVISION ${CMAKE_MATCH_2})
string(REGEX MATCH "\n -- ([^\n>]+>)  [A-Z][a-z][a-z], ([0-9][0-9]?) ([A-Z][a-z][a-z]) ([0-9]+) 12:00:00 \\+0000\n"
  trailer "${entry}")
set(BP_PACKAGE_MAINTAINER "${CMAKE_MATCH_1}")
set(day ${CMAKE_MATCH_2})
set(year ${CMAKE_MATCH_4})
set(months Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec)
list(FIND months "${CMAKE_MATCH_3}" month)
if(trailer STREQUAL "" OR month LESS 0)
  message(FATAL_ERROR "${BP_CHANGELOG}: no date as \"Tue, 24 Nov 2026 12:00:00 +0000\" behind the first entry")
endif()
math(EXPR month "${month} + 1")
foreach(part day month)
  if(${part} MATCHES "^[0-9]$")
    set(${part} 0${${part}})
  endif()
endforeach()
set(BP_RELEASE_DATE ${year}-${month}-${day})
execute_process(COMMAND date -u -d "${BP_RELEASE_DATE} 12:00" +%s OUTPUT_VARIABLE BP_RELEASE_EPOCH
  OUTPUT_STRIP_TRAILING_WHITESPACE)
