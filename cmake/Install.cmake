# What `cmake --install` puts where: the program, both libraries, the header, scripts, fonts and schema, and the files
# by which pkg-config and CMake find the library.
include(CMakePackageConfigHelpers)

install(TARGETS briefpress briefpress_static)
install(TARGETS briefpress_shared EXPORT briefpress)
install(FILES engine/include/briefpress.h TYPE INCLUDE)
foreach(folder scripts fonts)
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/briefpress)
endforeach()
install(DIRECTORY data/schema DESTINATION ${CMAKE_INSTALL_DATADIR}/briefpress/data)

# Relative, so that an installation may be moved.
file(RELATIVE_PATH prefix_from_package /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/briefpress.pc.in briefpress.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/briefpress.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/briefpress)
install(EXPORT briefpress NAMESPACE briefpress:: FILE briefpressConfig.cmake DESTINATION ${package})
write_basic_package_version_file(briefpressConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/briefpressConfigVersion.cmake DESTINATION ${package})
