# Rooms, the library made of them, and the program.
include(CheckLinkerFlag)
set(BP_ROOMS base data text pdf script job)

# bp_room(NAME [libraries...]): engine/NAME/*.c as the object library bp_NAME.
function(bp_room name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/${name}/*.c)
  if(NOT sources)
    message(FATAL_ERROR "engine/${name} holds no C file")
  endif()
  add_library(bp_${name} OBJECT ${sources})
  target_link_libraries(bp_${name} PUBLIC bp_options PRIVATE ${ARGN})
endfunction()

# bp_embed_library(): compiles the Lua library into bp_script, in the place of the empty list of library_none.c.
function(bp_embed_library)
  add_executable(bp_embed ${CMAKE_SOURCE_DIR}/cmake/embed.c ${CMAKE_SOURCE_DIR}/cmake/strip.c)
  target_link_libraries(bp_embed PRIVATE PkgConfig::LUA)
  file(GLOB_RECURSE modules CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/scripts/briefpress/*.lua
    ${CMAKE_SOURCE_DIR}/scripts/themes/*.lua)
  set(chunks ${CMAKE_BINARY_DIR}/library_chunks.c)
  add_custom_command(OUTPUT ${chunks} COMMAND bp_embed ${chunks} ${CMAKE_SOURCE_DIR}/scripts ${modules}
    DEPENDS bp_embed ${modules} COMMENT "Compiling the Lua library" VERBATIM)
  get_target_property(sources bp_script SOURCES)
  list(FILTER sources EXCLUDE REGEX "/library_none\\.c$")
  set_property(TARGET bp_script PROPERTY SOURCES ${sources} ${chunks})
endfunction()

# bp_make_srgb(): the profile of the output intent, made by lcms2, in bp_pdf.
function(bp_make_srgb)
  add_executable(bp_srgb ${CMAKE_SOURCE_DIR}/cmake/srgb.c)
  target_link_libraries(bp_srgb PRIVATE PkgConfig::LCMS)
  set(table ${CMAKE_BINARY_DIR}/srgb_profile.c)
  add_custom_command(OUTPUT ${table} COMMAND bp_srgb ${table} DEPENDS bp_srgb COMMENT "Making the sRGB profile" VERBATIM)
  target_sources(bp_pdf PRIVATE ${table})
endfunction()

# libbriefpress, static and shared, and the program on the static one: a cron job every minute pays for each library
# the loader opens, and our own need not be one of them.
function(bp_products)
  file(RELATIVE_PATH data_from_library /${CMAKE_INSTALL_LIBDIR} /${CMAKE_INSTALL_DATADIR}/briefpress)
  list(TRANSFORM BP_ROOMS PREPEND bp_ OUTPUT_VARIABLE rooms)

  # Where the scripts and fonts are: beside the program or library once installed, in the source tree while developing.
  target_compile_definitions(bp_job PRIVATE BP_DATA_FOLDER="${CMAKE_INSTALL_FULL_DATADIR}/briefpress"
    BP_DATA_FROM_LIBRARY="${data_from_library}")
  if(NOT BP_PACKAGE)
    target_compile_definitions(bp_job PRIVATE BP_SOURCE_FOLDER="${CMAKE_SOURCE_DIR}")
  endif()

  add_library(briefpress_static STATIC)
  add_library(briefpress_shared SHARED)
  foreach(library briefpress_static briefpress_shared)
    target_link_libraries(${library} PRIVATE ${rooms})
    set_target_properties(${library} PROPERTIES OUTPUT_NAME briefpress LINKER_LANGUAGE C)
    target_include_directories(${library} INTERFACE
      $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/engine/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  endforeach()
  set_target_properties(briefpress_shared PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
    EXPORT_NAME briefpress)

  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/engine/cli/*.c)
  add_executable(briefpress ${sources})
  target_link_libraries(briefpress PRIVATE bp_options briefpress_static)
  target_compile_definitions(briefpress PRIVATE BP_RELEASE_DATE="${BP_RELEASE_DATE}") # Of the manual page.
  set_target_properties(briefpress PROPERTIES BP_STATIC ${BP_STATIC})
  if(BP_STATIC)
    target_link_options(briefpress PRIVATE -static-libgcc)
  endif()
  # Twelve thousand relocations in 3 KB instead of 295, which every start reads.
  check_linker_flag(C -Wl,-z,pack-relative-relocs BP_CAN_PACK)
  if(BP_CAN_PACK)
    target_link_options(briefpress PRIVATE -Wl,-z,pack-relative-relocs)
  endif()
endfunction()
